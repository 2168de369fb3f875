/**
 * A codec for workers: while the key store is away it waits instead of failing. The SDK seals failures with
 * it too, and a worker that cannot tell its failure ends; one that waits has its tasks time out, and Temporal
 * gives them out again.
 */
import type { Payload, PayloadCodec } from '@temporalio/common';
import { KeyStoreAway } from './errors.js';

const pause = 500;

export function createPatientCodec(codec: PayloadCodec): PayloadCodec {
  return {
    encode: (payloads, context) => patiently(() => codec.encode(payloads, context)),
    decode: (payloads, context) => patiently(() => codec.decode(payloads, context)),
  };
}

async function patiently(ask: () => Promise<Payload[]>): Promise<Payload[]> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof KeyStoreAway)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
