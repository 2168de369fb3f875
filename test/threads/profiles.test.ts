/** What a bot learns reaches the customer's record, or the human, on a real server. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import type { BotAnswer } from '../../bots/bot.js';
import { Conversation } from '../harness/conversation.js';
import { testConfig } from '../harness/test-config.js';
import { secrets, startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

/** What the customer writes as `key=value` it has found out; any other word is a wish for a human. */
function learning(ports: Ports): Ports {
  const bots = [...ports.bots].map(([name, bot]) => {
    const answer: typeof bot.answer = ({ burst }) => {
      const said = burst
        .map(({ body }) => body)
        .join(' ')
        .split(' ');
      const pairs = said.filter((word) => word.includes('=')).map((word) => word.split('='));
      const customerProfile = Object.fromEntries(pairs) as Record<string, string>;
      const wishes = said.some((word) => !word.includes('='));
      const handOver = { because: 'customerAsked' } as const;
      return Promise.resolve<BotAnswer>({
        replies: [{ body: 'Noted.' }],
        customerProfile,
        ...(wishes && { handOver }),
      });
    };
    return [name, { ...bot, answer }] as const;
  });
  return { ...ports, bots: new Map(bots) };
}

let world: World;
beforeAll(async () => {
  const config = testConfig({
    source: { profile: { fields: { level: 'tier', size: 'shoe_size' } } },
    engageTimeout: '60s',
  });
  world = await startWorld({ config, ports: learning });
});
afterEach(() => world.control.faults({}));
afterAll(() => world.stop());

async function rest(path: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${world.simulator.url}/1.0${path}`, {
    headers: { authorization: `Bearer ${secrets.ENGAGE_TOKEN}` },
  });
  return (await response.json()) as Record<string, unknown>;
}

/** The customer of a conversation, as the platform knows them. */
async function customerOf(ana: Conversation): Promise<string> {
  const { contents } = await world.control.record(ana.thread);
  return contents.find(({ by }) => by.startsWith('customer:'))?.by.slice('customer:'.length) ?? '';
}

async function valuesOf(group: string | null): Promise<unknown> {
  return (await rest(`/identity_groups/${group ?? ''}`))['custom_field_values'];
}

/** Names of the fields that this code was logged for. */
async function fieldsOf(
  ana: Conversation,
  code: 'profileFieldRefused' | 'profileFieldNotWritten',
): Promise<readonly string[]> {
  const { decisions } = await ana.card();
  return decisions.flatMap((one) => (one.code === code ? [one.field] : []));
}

async function says(ana: Conversation, body: string, count: number): Promise<void> {
  await ana.says(body);
  await ana.untilBotSaid(count);
  await ana.untilQuiet();
}

it('goes to the customer’s record, by the names the business gave', async () => {
  const ana = new Conversation(world);
  await says(ana, 'plan=gold', 1);
  const identity = await customerOf(ana);
  const { identity_group_id: group } = await world.control.identity({ identity, do: 'keep' });
  // Nothing could be written before there was a record; now all of it is.
  await says(ana, 'level=a', 2);
  await eventually(() => valuesOf(group)).toEqual({ plan: 'gold', tier: 'a' });
});

it('goes to the intervention and the note where the customer has no record', async () => {
  const ana = new Conversation(world);
  await says(ana, 'order=7 colour=blue', 1);
  await says(ana, 'human', 2);
  expect(await ana.phase()).toBe('handover');
  const { interventions, comments } = await world.control.record(ana.thread);
  expect(interventions).toMatchObject([{ custom_fields: { order: '7' } }]);
  expect(comments).toHaveLength(1);
  expect(comments[0]?.body).toContain('\n\ncolour: blue\n\n');
  expect(comments[0]?.body).not.toContain('order: 7');
});

it('names what the platform refuses, writes the rest, and goes on', async () => {
  const ana = new Conversation(world);
  await says(ana, 'plan=gold', 1);
  const identity = await customerOf(ana);
  const { identity_group_id: group } = await world.control.identity({ identity, do: 'keep' });
  await says(ana, 'age=old plan=silver level=z size=44 topic=', 2);
  await eventually(() => valuesOf(group)).toEqual({ plan: 'silver' });
  const notWritten = await fieldsOf(ana, 'profileFieldNotWritten');
  for (const field of ['age', 'level', 'size']) expect(notWritten).toContain(field);
  expect(await fieldsOf(ana, 'profileFieldRefused')).toContain('topic');
  expect(await ana.phase()).toBe('bot');
});

it('follows identities that merge, and their threads stay', async () => {
  const [ana, other] = [new Conversation(world), new Conversation(world)];
  await says(ana, 'plan=gold', 1);
  await says(other, 'plan=gold', 1);
  const [one, two] = [await customerOf(ana), await customerOf(other)];
  const { identity_group_id: group } = await world.control.identity({
    ...{ identity: one, do: 'merge' },
    into: two,
  });
  await says(ana, 'level=b', 2);
  await says(other, 'age=40', 2);
  await eventually(() => valuesOf(group)).toEqual({ plan: 'gold', tier: 'b', age: '40' });
  expect([await ana.phase(), await other.phase()]).toEqual(['bot', 'bot']);
  expect(ana.thread).not.toBe(other.thread);
});

it.each(['409', '429', '5xx', 'lost-answer'])(
  'is written once a passing %s has passed',
  async (fault) => {
    const ana = new Conversation(world);
    await says(ana, 'plan=gold', 1);
    const identity = await customerOf(ana);
    const { identity_group_id: group } = await world.control.identity({ identity, do: 'keep' });
    await world.control.faults({ [fault]: { on: 'PUT /identity_groups/*', times: 1 } });
    await says(ana, 'plan=silver', 2);
    await eventually(() => valuesOf(group)).toEqual({ plan: 'silver' });
  },
);
