/**
 * The signature of the Channel (Source) SDK, both ways: lower-case hex of HMAC-SHA512 over the raw
 * bytes, in the header `X-SMCCSDK-SIGNATURE`. Bytes, not parsed JSON: written out anew, the same JSON
 * may have other escapes and spaces.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const signatureHeader = 'x-smccsdk-signature';

export function sign(secret: string, bytes: string | Uint8Array): string {
  return createHmac('sha512', secret).update(bytes).digest('hex');
}

/** The secret it was made with. All are compared, so that the time does not tell which. */
export function signedWith(
  secrets: readonly (string | undefined)[],
  bytes: Uint8Array,
  given: string | undefined,
): string | undefined {
  const live = secrets.filter((secret) => secret !== undefined);
  return live.filter((secret) => isSigned(secret, bytes, given))[0];
}

/** In constant time: neither how much of it is right nor its length shows in the time. */
function isSigned(secret: string, bytes: Uint8Array, given: string | undefined): boolean {
  const wanted = sign(secret, sign(secret, bytes));
  const offered = sign(secret, Buffer.from(given ?? '', 'latin1'));
  return timingSafeEqual(Buffer.from(wanted), Buffer.from(offered)) && given !== undefined;
}
