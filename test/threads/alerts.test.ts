/**
 * Attention reaches the business: signed, in order, once by its id, whatever the receiver and the
 * workers go through meanwhile; and nobody else waits for it.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { domainId } from '../../simulator/seed.js';
import { startAlertReceiver, type AlertReceiver } from '../harness/alert-receiver.js';
import { Conversation } from '../harness/conversation.js';
import { untilNextRun } from '../harness/next-run.js';
import { testConfig } from '../harness/test-config.js';
import { secrets, startWorld, type World, type WorldOptions } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

const canary = 'zephyr-4711';

let receiver: AlertReceiver;
let world: World;
beforeAll(async () => {
  receiver = await startAlertReceiver(secrets.BATON_ALERT_SECRET);
  world = await alerting();
});
afterAll(async () => {
  await world.stop();
  await receiver.close();
});

function alerting(more: Pick<WorldOptions, 'ports'> = {}): Promise<World> {
  const config = { ...testConfig({ engageTimeout: '30s' }), alerts: { url: receiver.url } };
  return startWorld({ ...more, config });
}

type Receiving = { readonly always: number } | { readonly first: readonly (number | 'hang')[] };

/** The platform refuses the handover: a person should look. How the receiver takes that is said before. */
async function refused(receiving: Receiving, at = world): Promise<Conversation> {
  const ana = new Conversation(at);
  await ana.says(`hello, I am ${canary}`);
  await ana.untilBotSaid(1);
  if ('always' in receiving) receiver.answerAlwaysAbout(ana.thread, receiving.always);
  else receiver.answerAbout(ana.thread, ...receiving.first);
  await at.control.faults(
    { '403': { on: 'PUT /content_threads/*/update_categories' } },
    ana.identity,
  );
  await ana.says(`a human please, for ${canary}`);
  await ana.until(async () => (await ana.card()).attention[0]?.code === 'handoverFailed');
  return ana;
}

/** The conversation ends, and the customer begins another: what was wrong with the last is past. */
async function beginsAnew(ana: Conversation): Promise<void> {
  await ana.untilQuiet();
  await ana.says('thanks');
  await ana.untilPhase('closed');
  await ana.says(`hello again, ${canary}`);
  await ana.until(async () => (await ana.card()).attention.length === 0);
}

async function untilTaken({ thread }: Conversation, count: number) {
  await eventually(() => receiver.taken(thread).length).toBeGreaterThanOrEqual(count);
  return receiver.taken(thread);
}

it.concurrent(
  'a handover fails: the business is notified, signed, once, although its receiver failed twice',
  async () => {
    const ana = await refused({ first: [500, 500] });
    const [raised] = await untilTaken(ana, 1);
    const [attention] = (await ana.card()).attention;
    expect(raised?.alert).toEqual({
      type: 'attention.raised',
      at: expect.any(String) as string,
      thread: {
        id: `${domainId}:${ana.thread}`,
        source: 'chat',
        phase: 'bot',
        reason: expect.any(String) as string,
      },
      attention,
    });
    await beginsAnew(ana);
    const [, resolved] = await untilTaken(ana, 2);
    expect(resolved?.alert).toMatchObject({
      type: 'attention.resolved',
      attention,
      resolvedBy: 'newConversation',
    });
    expect(receiver.delivered(ana.thread).map(({ status }) => status)).toEqual([
      500, 500, 200, 200,
    ]);
    expect(new Set(receiver.delivered(ana.thread).map(({ id }) => id)).size).toBe(2);
  },
);

it.concurrent(
  'raised and resolved while the receiver is away: both arrive, in that order',
  async () => {
    const ana = await refused({ always: 503 });
    await beginsAnew(ana);
    receiver.answerAbout(ana.thread);
    const taken = await untilTaken(ana, 2);
    expect(taken.map(({ alert }) => alert.type)).toEqual([
      'attention.raised',
      'attention.resolved',
    ]);
  },
);

it.concurrent(
  'a worker ends while the receiver hangs: the next one sends it under the same id',
  async () => {
    const ending = await alerting();
    try {
      const ana = await refused({ first: ['hang'] }, ending);
      const asked = () => receiver.askedAbout(ana.thread);
      await eventually(() => asked().length).toBeGreaterThan(0);
      await ending.stopWorkers();
      await ending.startWorkers();
      const [raised] = await untilTaken(ana, 1);
      expect(raised?.id).toBe(asked()[0]?.headers['webhook-id']);
      expect(receiver.taken(ana.thread)).toHaveLength(1);
    } finally {
      await ending.stop();
    }
  },
);

it.concurrent('a run that ends hands on what has not arrived, under the same id', async () => {
  const ana = await refused({ always: 500 });
  await ana.untilQuiet();
  await eventually(() => receiver.delivered(ana.thread).length).toBeGreaterThan(0);
  await untilNextRun(ana);
  receiver.answerAbout(ana.thread);
  const [raised] = await untilTaken(ana, 1);
  expect(raised?.alert.type).toBe('attention.raised');
  expect(new Set(receiver.delivered(ana.thread).map(({ id }) => id)).size).toBe(1);
});

it.concurrent('a receiver that hangs keeps no customer waiting', async () => {
  const ana = await refused({ first: Array<'hang'>(20).fill('hang') });
  await ana.says('where is my parcel?');
  await eventually(() => ana.botSaid()).toContain('It arrives tomorrow.');
  const ben = new Conversation(world);
  await ben.says('hello');
  expect(await ben.untilBotSaid(1)).toEqual(['Welcome!']);
  expect(receiver.taken(ana.thread)).toEqual([]);
});

it.concurrent('no alert has a word of what anybody said', async () => {
  const ana = await refused({ first: [] });
  await beginsAnew(ana);
  await untilTaken(ana, 2);
  expect(JSON.stringify(receiver.asked)).not.toContain(canary);
});

it.concurrent(
  'negative control: one that gives each attempt a new id reports the same thing twice',
  async () => {
    const anew = await alerting({
      ports: ({ alerts, ...others }) => ({
        ...others,
        alerts: alerts && { post: (_, body) => alerts.post(randomUUID(), body) },
      }),
    });
    try {
      const ben = await refused({ always: 500 }, anew);
      await eventually(() => receiver.delivered(ben.thread).length).toBeGreaterThan(0);
      receiver.answerAbout(ben.thread);
      await untilTaken(ben, 1);
      const ids = receiver.delivered(ben.thread).map(({ id }) => id);
      expect(new Set(ids).size).toBeGreaterThan(1);
    } finally {
      await anew.stop();
    }
  },
);
