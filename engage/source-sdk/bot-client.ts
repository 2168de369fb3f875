/**
 * A call to the server of a bot outside: signed as the Source SDK signs, with a secret of its own. One
 * attempt; what its status means is the caller's.
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
        // Its status is all we want of it, however much it says.
        await response.body?.cancel();
        return response.status;
      } catch {
        return undefined;
      }
    },
  };
}
