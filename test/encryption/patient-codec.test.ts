/** What a worker does while the key store is away: it waits, but begins no activity that was given up. */
import type { PayloadCodec, SerializationContext } from '@temporalio/common';
import { expect, it } from 'vitest';
import { KeyStoreAway } from '../../encryption/errors.js';
import { createPatientCodec } from '../../encryption/patient-codec.js';

const workflow: SerializationContext = { type: 'workflow', namespace: 'default', workflowId: 'w' };
const activity: SerializationContext = { type: 'activity', namespace: 'default', isLocal: false };

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
  expect(await createPatientCodec(awayTwice(), 0)[way]([{}], context)).toEqual([{}]);
});

it('what an activity is given is waited for a while, and then its attempt fails', async () => {
  const give = (patience?: number) =>
    createPatientCodec(awayTwice(), patience).decode([{}], activity);
  expect(await give()).toEqual([{}]);
  await expect(give(0)).rejects.toBeInstanceOf(KeyStoreAway);
});
