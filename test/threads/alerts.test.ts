/**
 * Attention reaches the business: signed, in order, once by its id, whatever the receiver and the
 * workers go through meanwhile; and nobody else waits for it.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { domainId } from '../../simulator/seed.js';
import { engageEvents } from '../../workflows/contract.js';
import { startAlertReceiver, type AlertReceiver } from '../support/alert-receiver.js';
import { Conversation } from '../support/conversation.js';
import { testConfig } from '../support/test-config.js';
import { secrets, startWorld, type World } from '../support/world.js';
import { eventually } from '../support/eventually.js';

const canary = 'zephyr-4711';

let receiver: AlertReceiver;
let world: World;
beforeAll(async () => {
  receiver = await startAlertReceiver(secrets.BATON_ALERT_SECRET);
  world = await startWorld({ config: { ...testConfig(), alerts: { url: receiver.url } } });
});
beforeEach(async () => {
  receiver.answer();
  receiver.asked.length = 0;
  await world.doors.faults({ '403': { on: 'PUT /content_threads/*/update_categories' } });
});
afterEach(() => world.doors.faults({}));
afterAll(async () => {
  await world.stop();
  await receiver.close();
});

/** The platform refuses the handover: a person should look. */
async function refused(): Promise<Conversation> {
  const ana = new Conversation(world);
  await ana.says(`hello, I am ${canary}`);
  await ana.untilBotSaid(1);
  await ana.says(`a human please, for ${canary}`);
  await ana.until(async () => (await ana.card()).attention?.code === 'handoverFailed');
  return ana;
}

/** The conversation ends, and the customer begins another: what was wrong with the last is past. */
async function beginsAnew(ana: Conversation): Promise<void> {
  await ana.untilQuiet();
  await ana.says('thanks');
  await ana.untilPhase('closed');
  await ana.says(`hello again, ${canary}`);
  await ana.until(async () => (await ana.card()).attention === undefined);
}

async function untilTaken({ thread }: Conversation, count: number) {
  await eventually(() => receiver.taken(thread).length).toBeGreaterThanOrEqual(count);
  return receiver.taken(thread);
}

it('a handover fails: the business hears it, signed, once, although its receiver failed twice', async () => {
  receiver.answer(500, 500);
  const ana = await refused();
  const [raised] = await untilTaken(ana, 1);
  const { attention } = await ana.card();
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
  expect(receiver.delivered(ana.thread).map(({ status }) => status)).toEqual([500, 500, 200, 200]);
  expect(new Set(receiver.delivered(ana.thread).map(({ id }) => id)).size).toBe(2);
});

it('raised and resolved while the receiver is away: both arrive, in that order', async () => {
  receiver.answerAlways(503);
  const ana = await refused();
  await beginsAnew(ana);
  receiver.answer();
  const taken = await untilTaken(ana, 2);
  expect(taken.map(({ alert }) => alert.type)).toEqual(['attention.raised', 'attention.resolved']);
});

it('a worker ends while the receiver hangs: the next one tells it under the same id', async () => {
  receiver.answer('hang');
  const ana = await refused();
  await eventually(() => receiver.asked.length).toBe(1);
  await world.stopWorkers();
  await world.startWorkers();
  const [raised] = await untilTaken(ana, 1);
  expect(raised?.id).toBe(receiver.asked[0]?.headers['webhook-id']);
  expect(receiver.taken(ana.thread)).toHaveLength(1);
});

it('a run that ends hands on what has not arrived, under the same id', async () => {
  receiver.answerAlways(500);
  const ana = await refused();
  await ana.untilQuiet();
  await eventually(() => receiver.delivered(ana.thread).length).toBeGreaterThan(0);
  const { runId } = await ana.workflow.describe();
  while ((await ana.workflow.describe()).runId === runId) {
    await ana.workflow.signal(engageEvents, []);
  }
  receiver.answer();
  const [raised] = await untilTaken(ana, 1);
  expect(raised?.alert.type).toBe('attention.raised');
  expect(new Set(receiver.delivered(ana.thread).map(({ id }) => id)).size).toBe(1);
});

it('a receiver that hangs keeps no customer waiting', async () => {
  receiver.answer(...Array<'hang'>(20).fill('hang'));
  const ana = await refused();
  await ana.says('where is my parcel?');
  await eventually(() => ana.botSaid()).toContain('It arrives tomorrow.');
  const ben = new Conversation(world);
  await ben.says('hello');
  expect(await ben.untilBotSaid(1)).toEqual(['Welcome!']);
  expect(receiver.taken(ana.thread)).toEqual([]);
});

it('no alert has a word of what anybody said', async () => {
  const ana = await refused();
  await beginsAnew(ana);
  await untilTaken(ana, 2);
  expect(JSON.stringify(receiver.asked)).not.toContain(canary);
});

it('saboteur: one that names each try anew tells the same thing twice', async () => {
  const anew = await startWorld({
    config: { ...testConfig(), alerts: { url: receiver.url } },
    ports: ({ alerts, ...others }) => ({
      ...others,
      alerts: alerts && { post: (_, body) => alerts.post(randomUUID(), body) },
    }),
  });
  try {
    await anew.doors.faults({ '403': { on: 'PUT /content_threads/*/update_categories' } });
    receiver.answerAlways(500);
    const ben = new Conversation(anew);
    await ben.says('a human please');
    await ben.until(() => Promise.resolve(receiver.delivered(ben.thread).length > 0));
    receiver.answer();
    await ben.until(() => Promise.resolve(receiver.taken(ben.thread).length > 0));
    const ids = receiver.delivered(ben.thread).map(({ id }) => id);
    expect(new Set(ids).size).toBeGreaterThan(1);
  } finally {
    await anew.stop();
  }
});
