/**
 * Compares the platform's shared secret in constant time.
 *
 * The platform sends the secret itself, not a signature. Digests of equal length are compared, and every valid
 * secret is compared, so that timing reveals neither a matching prefix nor which secret matched. During a
 * rotation two secrets are valid.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

export function createSecretCheck(
  secrets: readonly (string | undefined)[],
): (given: string | undefined) => boolean {
  const valid = secrets.filter((secret) => secret !== undefined).map(digest);
  return (given) => {
    const offered = digest(given ?? '');
    let matches = 0;
    for (const secret of valid) matches += timingSafeEqual(secret, offered) ? 1 : 0;
    return given !== undefined && given !== '' && matches > 0;
  };
}

/** Digest of the header's raw bytes: header values are Latin-1 on the wire. */
function digest(value: string): Buffer {
  return createHash('sha256').update(value, 'latin1').digest();
}
