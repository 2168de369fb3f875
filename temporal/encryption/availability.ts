/** Calls to the key store with a timeout of two seconds and errors of our own. */
import { KeyStoreAway } from './errors.js';

/** Milliseconds. A delivery, which needs an answer within three seconds, waits behind it. */
const timeout = 2_000;

/** @throws KeyStoreAway with a code at most: a store's own error message may contain a password */
export async function inReach<T>(ask: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new KeyStoreAway('the key store does not answer')), timeout);
  });
  try {
    return await Promise.race([ask(), tooLate]);
  } catch (cause) {
    if (cause instanceof KeyStoreAway) throw cause;
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new KeyStoreAway(`the key store does not answer${code}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Caches the first success for good; failures are tried again. */
export function kept<T>(get: () => Promise<T>): () => Promise<T> {
  let got: Promise<T> | undefined;
  return () => {
    const asked = (got ??= get());
    asked.catch(() => {
      if (got === asked) got = undefined;
    });
    return asked;
  };
}
