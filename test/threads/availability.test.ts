/**
 * Before a handover on a realtime source: is a human there who could take the thread? Rows 16, 21 and 23
 * of the list of handover problems: an empty team, somebody without the right to reply, and an agent who
 * leaves a second after the check.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { domainId, sources, users } from '../../simulator/seed.js';
import { Conversation } from '../harness/conversation.js';
import { eventually } from '../harness/eventually.js';
import { Knowing } from '../harness/knowing.js';
import { accountWith } from '../harness/more-sources.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';

const all = ['agent-1', 'agent-2', 'agent-3'] as const;
const here = { status: 'available', busyness: 'unoccupied' } as const;
const nobody = 'Nobody is here.';
const gone = 'They have gone.';
const handedOver = 'A colleague takes over.';

/** Only here nobody's coming leads back to the bot: elsewhere a thread that waits for a human waits. */
const escalating = '61b07000000000000000c1bb';
const account = accountWith({ escalating }, 'chat');
let world: World;
let knowing: Knowing;
beforeAll(async () => {
  const nobodyComes = [
    { after: '2s', do: 'tell' as const, say: 'We are still looking.' },
    { after: '4s', do: 'backToBot' as const, say: 'Nobody came.' },
  ];
  const source = { nobodyThere: { say: nobody } };
  const config = testConfig({ source, engageTimeout: '60s' });
  const agentSilent = [{ after: '3s', do: 'backToBot' as const, say: gone }];
  const { chat, messages } = config.sources;
  const sticky = { reopen: 'stay-with-agent' as const, escalations: { agentSilent } };
  world = await startWorld({
    account,
    config: {
      ...config,
      sources: {
        chat: chat!,
        escalating: { ...chat!, id: escalating, escalations: { nobodyComes } },
        messages: { ...messages!, ...sticky },
      },
      directory: { callsPerMinute: 600_000, availabilityFor: '0s' },
    },
  });
  knowing = new Knowing(world);
});
beforeEach(async () => {
  await world.control.faults({});
  await everybody(here);
  for (const name of all) permit(name, ['read', 'reply']);
});
afterAll(() => world.stop());

function everybody(status: object) {
  return world.control.agents(Object.fromEntries(all.map((name) => [name, status])));
}

function permit(name: (typeof all)[number], rights: string[]): void {
  const user = account.users[users[name]];
  if (user) user.sources[sources.chat] = rights;
}

async function calls(): Promise<readonly string[]> {
  const { requests } = await world.control.record();
  return requests.map(({ method, path }) => `${method} ${path.replace(/\/[^/]*\d[^/]*/g, '')}`);
}

/** Calls that are about no thread: about people, that is. */
const people = /\/(status|users|roles|teams|channels|content_sources)/;

/** What a customer who asks for a human receives, where the thread is then, and what it cost. */
async function asksForAHuman(source: 'chat' | 'escalating' | 'messages' = 'chat') {
  const ana = new Conversation(world, source);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  const before = (await calls()).length;
  await ana.says('a human please');
  const [, said] = await ana.untilBotSaid(2);
  await ana.untilQuiet();
  return { ana, said, phase: await ana.phase(), calls: (await calls()).slice(before) };
}

/** All phases that the thread has been in, one after the other, as an operator sees them. */
async function phases({ thread }: Conversation): Promise<readonly string[]> {
  const { body } = await knowing.operator('GET', `/threads/${domainId}:${thread}/timeline`);
  return (body['phases'] as readonly { readonly phase: string }[]).map(({ phase }) => phase);
}

const withBot = { said: nobody, phase: 'bot' };
const withHumans = { said: handedOver, phase: 'handover' };

it('as long as nothing is known of who may answer, every handover is made, and nobody is asked', async () => {
  await everybody({ status: null });
  const handover = await asksForAHuman();
  expect(handover).toMatchObject(withHumans);
  expect(handover.calls.filter((call) => call.includes('status'))).toEqual([]);
});

describe('with a directory', () => {
  beforeAll(async () => {
    await everybody(here);
    expect(await knowing.keep()).toBe('created');
    expect(await knowing.untilStill()).toMatchObject({ lastGood: { people: 3 } });
  });

  it('somebody is there: handed over, for one call more than where nobody is asked', async () => {
    const live = await asksForAHuman('chat');
    const later = await asksForAHuman('messages');
    expect(live).toMatchObject(withHumans);
    expect(later).toMatchObject(withHumans);
    expect(live.calls.filter((call) => people.test(call))).toEqual(['GET /status']);
    expect(later.calls.filter((call) => people.test(call))).toEqual([]);
  });

  it.each([
    ['away', { status: 'away' }],
    ['not connected: the list is empty', { status: null }],
    ['full', { ...here, busyness: 'full' }],
  ])('all are %s: the bot keeps the thread and says so', async (_, status) => {
    await everybody(status);
    const { ana, ...rest } = await asksForAHuman();
    expect(rest).toMatchObject(withBot);
    expect(await ana.categories()).toEqual(['bot']);
  });

  it('busy, but not full, is there', async () => {
    await everybody({ ...here, busyness: 'busy' });
    expect(await asksForAHuman()).toMatchObject(withHumans);
  });

  it('all are there on another channel: nobody is there', async () => {
    await everybody({ channel: 'realtime', status: 'away' });
    expect(await asksForAHuman()).toMatchObject(withBot);
  });

  it('row 21: somebody without the right to reply is never counted', async () => {
    await everybody({ status: 'away' });
    await world.control.agents({ 'agent-1': here });
    permit('agent-1', ['read']);
    expect(await asksForAHuman()).toMatchObject(withBot);
    // The directory is of before: the platform's own filter has said so. Then the other way round.
    await knowing.refresh();
    permit('agent-1', ['read', 'reply']);
    expect(await asksForAHuman()).toMatchObject(withBot);
    await knowing.refresh();
    expect(await asksForAHuman()).toMatchObject(withHumans);
  });

  it('a token that may not ask who is there keeps no customer from a human', async () => {
    await world.control.faults({ '403': { on: 'GET /status' } });
    const handover = await asksForAHuman();
    expect(handover).toMatchObject(withHumans);
    expect(handover.calls.filter((call) => call.includes('status'))).toHaveLength(1);
  });

  it('row 16: who leaves right after the check is missed by the escalation policy', async () => {
    await everybody({ status: 'away' });
    await world.control.agents({ 'agent-1': here });
    const { ana, said } = await asksForAHuman('escalating');
    expect(said).toBe(handedOver);
    await world.control.agents({ 'agent-1': { status: null } });
    expect((await ana.untilBotSaid(4)).slice(2)).toEqual(['We are still looking.', 'Nobody came.']);
    await ana.untilPhase('bot');
    await ana.untilCategories('bot');
    expect(await phases(ana)).toEqual(['bot', 'handover', 'bot']);
  });

  it('an operator’s word is carried out whoever is there', async () => {
    await everybody({ status: null });
    const ana = new Conversation(world);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.workflow.executeUpdate('askHandover', { args: [{ by: 'olga', why: 'test' }] });
    await ana.untilPhase('handover');
  });
});

describe('row 23: a thread that comes back to its agent, who has gone home', () => {
  const whole = ['bot', 'handover', 'agent', 'closed', 'agent', 'bot'];

  it.each(['before', 'after'])(
    '%s the customer returned: the escalation policy finds out',
    async (when) => {
      const ana = new Conversation(world, 'messages');
      await ana.says('a human please');
      await ana.untilPhase('handover');
      await ana.agent('reply', { body: 'Good morning.' });
      await ana.agent('close');
      await ana.untilPhase('closed');
      if (when === 'before') await everybody({ status: null });
      await ana.says('one more thing');
      await eventually(async () => (await phases(ana)).slice(0, 5)).toEqual(whole.slice(0, 5));
      await everybody({ status: null });
      await ana.until(async () => (await ana.botSaid()).includes(gone));
      await ana.untilPhase('bot');
      await ana.untilCategories('bot');
      expect(await phases(ana)).toEqual(whole);
    },
  );
});
