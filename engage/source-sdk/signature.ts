/**
 * The signature of the Channel (Source) SDK, in both directions: lower-case hex of HMAC-SHA512 over the
 * raw bytes, in the header `X-SMCCSDK-SIGNATURE`. Raw bytes, because re-serialised JSON may differ in
 * escapes and spaces.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const signatureHeader = 'x-smccsdk-signature';

export function sign(secret: string, bytes: string | Uint8Array): string {
  return createHmac('sha512', secret).update(bytes).digest('hex');
}

/** The secret that matches. All are compared, so that timing does not reveal which one. */
export function signedWith(
  secrets: readonly (string | undefined)[],
  bytes: Uint8Array,
  given: string | undefined,
): string | undefined {
  const live = secrets.filter((secret) => secret !== undefined);
  return live.filter((secret) => isSigned(secret, bytes, given))[0];
}

/** Constant time: timing reveals neither a matching prefix nor the length. */
function isSigned(secret: string, bytes: Uint8Array, given: string | undefined): boolean {
  const wanted = sign(secret, sign(secret, bytes));
  const offered = sign(secret, Buffer.from(given ?? '', 'latin1'));
  return timingSafeEqual(Buffer.from(wanted), Buffer.from(offered)) && given !== undefined;
}
