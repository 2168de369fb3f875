/**
 * A codec for workers: while the key store is down it waits instead of failing. The SDK also encrypts
 * failures with it, and a worker that cannot report a failure ends. While it waits, the task times out,
 * and Temporal dispatches it again.
 *
 * For the input of an activity it waits a short while only, then the attempt fails; otherwise the activity
 * would start after Temporal has timed it out and started another attempt. The same applies to an
 * activity's result, which the SDK does not distinguish: that workflow task fails and is dispatched again.
 */
import type { Payload, PayloadCodec } from '@temporalio/common';
import { KeyStoreAway } from './errors.js';

const pause = 500;
const usualTimeout = 5_000;

/** @param timeout milliseconds during which an activity may still start */
export function createPatientCodec(codec: PayloadCodec, timeout = usualTimeout): PayloadCodec {
  return {
    encode: (payloads, context) => patiently(() => codec.encode(payloads, context), Infinity),
    decode: (payloads, context) =>
      patiently(
        () => codec.decode(payloads, context),
        context?.type === 'activity' ? timeout : Infinity,
      ),
  };
}

async function patiently(ask: () => Promise<Payload[]>, waitLimit: number): Promise<Payload[]> {
  for (const until = performance.now() + waitLimit; ;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof KeyStoreAway) || performance.now() >= until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
