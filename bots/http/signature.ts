/**
 * Signature of Baton's requests to a bot: HMAC-SHA256 over the timestamp, a full stop and the body's raw
 * bytes. A receiver should compare in constant time, and refuse timestamps minutes away from its own
 * clock.
 */
import { createHmac } from 'node:crypto';

export const timestampHeader = 'x-baton-timestamp';
export const signatureHeader = 'x-baton-signature';

/** `now` in Unix milliseconds; the header is in seconds. */
export function signatureHeaders(
  secret: string,
  body: string,
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000));
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { [timestampHeader]: timestamp, [signatureHeader]: `v1=${digest}` };
}
