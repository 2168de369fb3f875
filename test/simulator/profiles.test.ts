/** Customers' records and custom fields, with the platform's refusals; identities that become one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSimulator, records, type OpenSimulator } from './setup.js';

let simulator: OpenSimulator;
beforeAll(async () => {
  // An update runs until a test says so.
  simulator = await openSimulator({ isClockStanding: true });
});
afterAll(() => simulator.stop());

async function keep(identity: string): Promise<string> {
  const { answer } = await simulator.callControl('POST', '/cast/identity', {
    identity,
    do: 'keep',
  });
  return String(answer['identity_group_id']);
}

function put(group: string, ...form: readonly (readonly [string, string])[]) {
  return simulator.call('PUT', `/identity_groups/${group}`, { form });
}

/** No other update of it runs any more. */
async function untilTaken(group: string, ...form: readonly (readonly [string, string])[]) {
  await simulator.callControl('POST', '/clock', { advance: '1s' });
  return put(group, ...form);
}

describe('an identity', () => {
  it('has no record until there is something to keep', async () => {
    await simulator.says('hello', 'lazy');
    const [before] = records(await simulator.call('GET', '/identities?foreign_id=lazy'));
    expect(before).toMatchObject({ identity_group_id: null });
    const group = await keep('lazy');
    expect(
      (await simulator.call('GET', `/identities/${String(before?.['id'])}`)).answer,
    ).toMatchObject({
      identity_group_id: group,
    });
    expect((await simulator.call('GET', `/identity_groups/${group}`)).answer).toMatchObject({
      identity_ids: [before?.['id']],
      custom_field_values: {},
    });
  });

  it('merges into another’s record, whose values win, and webhooks can tell', async () => {
    const [first, second] = [await keep('one'), await keep('two')];
    await put(first, ['custom_field_values[plan]', 'gold']);
    await put(second, ['custom_field_values[plan]', 'silver'], ['custom_field_values[age]', '40']);
    const act = { identity: 'two', do: 'merge', into: 'one' };
    expect((await simulator.callControl('POST', '/cast/identity', act)).answer).toMatchObject({
      identity_group_id: first,
    });
    const { answer } = await simulator.call('GET', `/identity_groups/${first}`);
    expect(answer['custom_field_values']).toEqual({ plan: 'gold', age: '40' });
    const journal = await simulator.call('GET', '/events?q=name_in%3A%22identity.merged%22');
    expect(records(journal)).toHaveLength(1);
  });

  it('cannot be merged when it is the brand’s', async () => {
    const group = await keep('somebody');
    const [brand] = records(await simulator.call('GET', '/identities?foreign_id=brand'));
    const form = [['associated_identity_id', String(brand?.['id'])]] as const;
    expect(await simulator.call('PUT', `/identity_groups/${group}/merge`, { form })).toMatchObject({
      status: 422,
    });
  });
});

describe('a custom field', () => {
  it.each([
    ['plan', 'gold', 200],
    ['age', '40', 200],
    ['age', 'old', 422],
    ['tier', 'a', 200],
    ['tier', 'z', 422],
    ['account_number', '7', 422],
    ['order', '7', 422],
    ['no_such_field', 'x', 422],
  ])('%s = %s: %i', async (key, value, status) => {
    const group = await keep(`of-${key}-${value}`);
    const answer = await put(group, [`custom_field_values[${key}]`, value]);
    expect(answer.status).toBe(status);
    if (status === 422) expect(String(answer.answer['message'])).toContain(key);
  });

  it('takes several values where it may', async () => {
    const group = await keep('several');
    const interests = 'custom_field_values[interests][]';
    await put(group, [interests, 'bikes'], [interests, 'maps']);
    const { answer } = await simulator.call('GET', `/identity_groups/${group}`);
    expect(answer['custom_field_values']).toEqual({ interests: ['bikes', 'maps'] });
    const plans = 'custom_field_values[plan][]';
    expect((await untilTaken(group, [plans, 'a'], [plans, 'b'])).status).toBe(422);
  });

  it('cannot be updated while another update runs', async () => {
    const group = await keep('busy');
    const all = await Promise.all([1, 2, 3].map(() => put(group, ['notes', 'x'])));
    const statuses = all.map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(statuses).toContain(409);
  });

  it('can be made, listed and removed', async () => {
    const form = [
      ['associated_type_name', 'IdentityGroup'],
      ['label', 'Shoe size'],
    ] as const;
    const { answer } = await simulator.call('POST', '/custom_fields', { form });
    expect(answer).toMatchObject({ key: 'shoe_size', type: 'string', multiple: false });
    await simulator.call('DELETE', `/custom_fields/${String(answer['id'])}`);
    const left = records(await simulator.call('GET', '/custom_fields?limit=150'));
    expect(left.map(({ key }) => key)).not.toContain('shoe_size');
    const wrong = [
      ['associated_type_name', 'Thread'],
      ['label', 'x'],
    ] as const;
    expect((await simulator.call('POST', '/custom_fields', { form: wrong })).status).toBe(422);
  });
});
