/**
 * Checks Facebook's signature of a delivery: HMAC-SHA256 over the raw bytes, with the app's secret, as
 * `sha256=…` in `X-Hub-Signature-256`. The comparison takes constant time.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export function isSignedBy(appSecret: string, body: Buffer, given: string | undefined): boolean {
  const [, hex = ''] = /^sha256=([0-9a-f]{64})$/i.exec(given ?? '') ?? [];
  const offered = Buffer.from(hex, 'hex');
  const wanted = createHmac('sha256', appSecret).update(body).digest();
  return offered.length === wanted.length && timingSafeEqual(offered, wanted);
}
