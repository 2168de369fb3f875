/**
 * The platform's shared secret, compared in constant time.
 *
 * It is the secret itself, not a signature. Digests have one length whatever was sent, and every live
 * secret is compared with, so that time tells neither how much of it was right nor which one. Two are
 * live during a rotation.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

export function createSecretCheck(
  secrets: readonly (string | undefined)[],
): (given: string | undefined) => boolean {
  const live = secrets.filter((secret) => secret !== undefined).map(digest);
  return (given) => {
    const offered = digest(given ?? '');
    let matches = 0;
    for (const secret of live) matches += timingSafeEqual(secret, offered) ? 1 : 0;
    return given !== undefined && given !== '' && matches > 0;
  };
}

/** Over the bytes as they came: header values are Latin-1 on the wire. */
function digest(value: string): Buffer {
  return createHash('sha256').update(value, 'latin1').digest();
}
