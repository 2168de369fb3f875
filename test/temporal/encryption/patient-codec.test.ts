/** What a worker does while the key store is away: it waits, but begins no activity that was given up. */
import type { PayloadCodec, SerializationContext } from '@temporalio/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KeyStoreAway } from '../../../temporal/encryption/errors.js';
import { createPatientCodec } from '../../../temporal/encryption/patient-codec.js';

const workflow: SerializationContext = { type: 'workflow', namespace: 'default', workflowId: 'w' };
const activity: SerializationContext = { type: 'activity', namespace: 'default', isLocal: false };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What comes of it when ten seconds have passed. */
async function inTenSeconds<T>(coded: Promise<T>): Promise<T> {
  coded.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(10_000);
  return coded;
}

/** A store that is away, and is there when it is asked for the third time. */
function awayTwice(): PayloadCodec {
  let asked = 0;
  const ask: PayloadCodec['encode'] = (payloads) => {
    asked += 1;
    return asked < 3
      ? Promise.reject(new KeyStoreAway('the key store does not answer'))
      : Promise.resolve(payloads);
  };
  return { encode: ask, decode: ask };
}

it.each([
  ['a workflow is given', 'decode', workflow],
  ['a workflow hands out', 'encode', workflow],
  ['nobody’s failure says', 'encode', undefined],
  ['an activity answers', 'encode', activity],
] as const)('what %s is waited for, however long', async (_, way, context) => {
  const coded = createPatientCodec(awayTwice(), 0)[way]([{}], context);
  expect(await inTenSeconds(coded)).toEqual([{}]);
});

it('what an activity is given is waited for a while, and then its attempt fails', async () => {
  const give = (timeout?: number) =>
    inTenSeconds(createPatientCodec(awayTwice(), timeout).decode([{}], activity));
  expect(await give()).toEqual([{}]);
  await expect(give(0)).rejects.toBeInstanceOf(KeyStoreAway);
});
