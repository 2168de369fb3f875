/** Which of the account's fields a profile is written to, and what is said of those that are not written. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWriteProfile } from '../../activities/write-profile.js';
import type { WriteProfileInput } from '../../workflows/contract/work.js';
import {
  page,
  startAnsweringPlatform,
  type Answers,
  type AnsweringPlatform,
} from '../harness/answering-platform.js';
import type { Asked } from '../harness/http-target.js';
import { attempt, failureOf } from '../harness/one-attempt.js';

let platform: AnsweringPlatform;
beforeAll(async () => {
  platform = await startAnsweringPlatform();
});
afterAll(() => platform.close());

const record = 'PUT /identity_groups/g';
const intervention = 'PUT /interventions/i';
const field = (key: string, associated_type_name: string, multiple = false) => ({
  ...{ id: `${associated_type_name} ${key}`, key, associated_type_name, multiple },
});
const fields = page(
  ...['plan', 'tier'].map((key) => field(key, 'IdentityGroup')),
  field('likes', 'IdentityGroup', true),
  ...['plan', 'case'].map((key) => field(key, 'Intervention')),
);

const written = ({ body }: Asked) => ({ status: body.includes('=bad') ? 422 : 200 });
const there: Answers = {
  'GET /custom_fields': fields,
  'GET /identities/ana': { body: { id: 'ana', identity_group_id: 'g' } },
  'GET /identity_groups/g': { body: { custom_field_values: { tier: 'one', likes: ['tea'] } } },
  [record]: (asked) => ({ ...written(asked), body: { id: 'g' } }),
  [intervention]: (asked) => ({ ...written(asked), body: { id: 'i' } }),
};

async function write(more: Partial<WriteProfileInput>, answers: Answers = {}) {
  platform.answers({ ...there, ...answers });
  const input = { identityId: 'ana', interventionId: 'i', fields: {}, named: {}, ...more };
  const outcome = await attempt(createWriteProfile(platform), input);
  return { ...outcome, writes: platform.calls().filter((call) => !call.startsWith('GET')) };
}
const refused = (...names: readonly string[]) =>
  names.map((name) => ({ field: name, code: 'Engage.Unprocessable' }));

it.each<[string, Partial<WriteProfileInput>, Awaited<ReturnType<typeof write>>]>([
  [
    'the record comes first, and the intervention has the rest',
    { fields: { plan: 'gold', case: 'seven' } },
    { written: ['plan', 'case'], refused: [], writes: [record, intervention] },
  ],
  [
    'without an open intervention there is only the record',
    { fields: { plan: 'gold', case: 'seven' }, interventionId: undefined } as never,
    { written: ['plan'], refused: [], writes: [record] },
  ],
  [
    'what is there already is not written again',
    { fields: { tier: 'one', likes: 'tea' } },
    { written: ['tier', 'likes'], refused: [], writes: [] },
  ],
  [
    'a field of the business’s own name',
    { fields: { grade: 'two' }, named: { grade: 'tier' } },
    { written: ['grade'], refused: [], writes: [record] },
  ],
  [
    'a field that the account does not have is said when the business named it',
    { fields: { grade: 'two', other: 'x' }, named: { grade: 'nothing' } },
    { written: [], refused: [{ field: 'grade', code: 'UnknownField' }], writes: [] },
  ],
  [
    'a value that is refused',
    { fields: { plan: 'bad' } },
    { written: [], refused: refused('plan'), writes: [record] },
  ],
  [
    'values that are refused together are written one by one',
    { fields: { plan: 'bad', tier: 'two', case: 'bad' } },
    {
      written: ['tier'],
      refused: refused('plan', 'case'),
      writes: [record, record, record, intervention],
    },
  ],
])('%s', async (_, more, outcome) => {
  expect(await write(more)).toEqual(outcome);
});

it('a field of several values is a list', async () => {
  await write({ fields: { likes: 'coffee' } });
  expect(platform.lastWritten()).toEqual({ 'custom_field_values[likes][]': 'coffee' });
});

it('a customer without a record has the intervention', async () => {
  const answers = { 'GET /identities/ana': { status: 403 } };
  expect(await write({ fields: { plan: 'gold', tier: 'two' } }, answers)).toEqual({
    ...{ written: ['plan'], refused: [], writes: [intervention] },
  });
  expect(platform.lastWritten()).toEqual({ 'custom_field_values[plan]': 'gold' });
});

it.each(['GET /identities/ana', record])('an outage at %s is no refusal', async (call) => {
  const outcome = write({ fields: { plan: 'gold' } }, { [call]: { status: 503 } });
  expect(await failureOf(outcome)).toEqual({ type: 'Engage.PlatformFailed', isFinal: false });
});
