/**
 * Sends a webhook to a URL of the business, signed by Standard Webhooks. One attempt; only the answer's
 * status is used. No redirects, and no internal addresses unless the settings allow them.
 */
import { Webhook } from 'standardwebhooks';
import { createGuardedFetch, readHost } from '../bots/http/guarded-fetch.js';
import { retryAfter } from '../bots/http/exchange.js';

export type AlertReceiver = {
  readonly url: string;
  readonly allowPrivate: boolean;
  /** `whsec_` and base64, or any other text, whose bytes are then the key. */
  readonly secret: string;
};

export type AlertAnswer = {
  readonly status?: number;
  /** Milliseconds to wait, as requested by the receiver. */
  readonly retryAfter?: number | undefined;
  /** Why there is no status; names a host at most. */
  readonly problem?: string;
};

export type AlertWebhook = { post(id: string, body: string): Promise<AlertAnswer> };

const timeout = 5_000;

export function createAlertWebhook(
  { url, allowPrivate, secret }: AlertReceiver,
  now: () => number = Date.now,
): AlertWebhook {
  const webhook = secret.startsWith('whsec_')
    ? new Webhook(secret)
    : new Webhook(Buffer.from(secret), { format: 'raw' });
  // The body is never read, so its size does not matter.
  const maxBytes = Number.MAX_SAFE_INTEGER;
  const send = createGuardedFetch({ allow: [readHost(url)], allowPrivate, maxBytes });
  return {
    async post(id, body) {
      const at = new Date(now());
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': webhook.sign(id, at, body),
      };
      try {
        const signal = AbortSignal.timeout(timeout);
        const response = await send(url, { method: 'POST', headers, body, signal });
        await response.body?.cancel().catch(() => undefined);
        return { status: response.status, retryAfter: retryAfter(response) };
      } catch (error) {
        return { problem: error instanceof Error ? error.message : 'no answer' };
      }
    },
  };
}
