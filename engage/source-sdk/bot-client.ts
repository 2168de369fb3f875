/**
 * A call to the server of a Source SDK bot, signed like the Source SDK, with its own secret. One attempt;
 * the caller interprets the status.
 */
import { sign, signatureHeader } from './signature.js';

export type SourceSdkBotOptions = {
  readonly url: string;
  readonly secret: string;
  readonly timeout: number;
};

export function createSourceSdkBot({ url, secret, timeout }: SourceSdkBotOptions) {
  return {
    async post(body: string, key: string): Promise<number | undefined> {
      try {
        const response = await fetch(url, {
          method: 'POST',
          redirect: 'manual',
          signal: AbortSignal.timeout(timeout),
          headers: {
            'content-type': 'application/json',
            'idempotency-key': key,
            [signatureHeader]: sign(secret, body),
          },
          body,
        });
        // Only the status matters; the body is discarded.
        await response.body?.cancel();
        return response.status;
      } catch {
        return undefined;
      }
    },
  };
}
