/**
 * A codec for workers: while the key store is away it waits instead of failing. The SDK encrypts failures with
 * it too, and a worker that cannot tell its failure ends; one that waits has its tasks time out, and Temporal
 * gives them out again.
 *
 * What an activity is given is waited for a short while only, and then its attempt fails: otherwise it would
 * begin when Temporal has given it up long ago, and another one beside it. The same goes for what it has
 * answered, which the SDK does not tell apart: that workflow task fails and is given out again.
 */
import type { Payload, PayloadCodec } from '@temporalio/common';
import { KeyStoreAway } from './errors.js';

const pause = 500;
const usualPatience = 5_000;

/** @param patience milliseconds in which an activity may still begin */
export function createPatientCodec(codec: PayloadCodec, patience = usualPatience): PayloadCodec {
  return {
    encode: (payloads, context) => patiently(() => codec.encode(payloads, context), Infinity),
    decode: (payloads, context) =>
      patiently(
        () => codec.decode(payloads, context),
        context?.type === 'activity' ? patience : Infinity,
      ),
  };
}

async function patiently(ask: () => Promise<Payload[]>, patience: number): Promise<Payload[]> {
  for (const until = performance.now() + patience; ;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof KeyStoreAway) || performance.now() >= until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
