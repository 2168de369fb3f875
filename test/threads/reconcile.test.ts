/** No thread left behind: what webhooks never brought is found on the platform, and backfilled. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Conversation } from '../harness/conversation.js';
import { onDemand } from '../harness/on-demand.js';
import { Reconciling } from '../harness/reconciling.js';
import { testConfig } from '../harness/test-config.js';
import { untilDelivered } from '../harness/delivered.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

const nothing = { threads: 0, contents: 0, facts: 0 };

let world: World;
let reconciling: Reconciling;
beforeAll(async () => {
  const config = testConfig({ engageTimeout: '60s' });
  world = await startWorld({ config: { ...config, reconcile: onDemand } });
  reconciling = new Reconciling(world);
  await reconciling.arrange();
});
afterEach(() => world.control.faults({}));
afterAll(() => world.stop());

async function replied(ana: Conversation): Promise<readonly (string | null)[]> {
  const { contents } = await world.control.record(ana.thread);
  const answers = contents.filter(({ by, body }) => by.startsWith('bot:') && body !== 'Welcome!');
  return answers.map(({ in_reply_to_id: to }) => to);
}

/** All events are delivered, and the thread has no work left. */
async function untilStill(one: Conversation): Promise<void> {
  await untilDelivered(world, one.thread);
  await one.untilQuiet();
  const isIdle = async () => !(await one.workflow.describe()).raw.pendingWorkflowTask;
  await eventually(isIdle).toBe(true);
}

describe('a healthy system', () => {
  it('has nothing to backfill, and no thread is woken', async () => {
    const [ana, bela] = [new Conversation(world), new Conversation(world)];
    await bela.says('hello');
    await ana.says('a human please');
    await ana.untilBotSaid(1);
    await ana.agent('reply', { body: 'Good morning.' });
    await ana.agent('close');
    await ana.untilPhase('closed');
    await ana.untilCategories('bot');
    await bela.untilBotSaid(1);
    for (const one of [ana, bela]) await untilStill(one);
    const lengths = () => Promise.all([ana, bela].map(async ({ workflow }) => workflow.describe()));
    const before = (await lengths()).map(({ historyLength }) => historyLength);
    const report = await reconciling.run();
    expect(report).toMatchObject({ isComplete: true, backfilled: nothing, findings: [] });
    expect(report.lookedAt.contents).toBeGreaterThanOrEqual(4);
    expect(report.lookedAt.events).toBeGreaterThanOrEqual(2);
    expect((await lengths()).map(({ historyLength }) => historyLength)).toEqual(before);
  });
});

describe('while every event is lost', () => {
  it('customers write, agents take and complete: all are backfilled, each answered once', async () => {
    const people = Array.from({ length: 9 }, () => new Conversation(world));
    const [alone, taken, done] = [people.slice(0, 3), people.slice(3, 6), people.slice(6)];
    await world.control.faults({ drop: 1 });
    await Promise.all(people.map((one) => one.says('where is my parcel?')));
    for (const one of [...taken, ...done]) await one.agent('reply', { body: 'Good morning.' });
    for (const one of done) await one.agent('close');
    await world.control.faults({});

    const report = await reconciling.run();
    expect(report).toMatchObject({ isComplete: true, backfilled: { threads: 9, contents: 15 } });
    for (const one of alone) await one.untilBotSaid(2);
    for (const one of taken) await one.untilPhase('agent');
    for (const one of done) await one.untilPhase('closed');
    for (const one of people) await one.untilQuiet();
    for (const one of alone) expect(await replied(one)).toHaveLength(1);
    for (const one of [...taken, ...done]) expect(await one.botSaid()).toEqual([]);
    expect(await reconciling.run()).toMatchObject({ backfilled: nothing });
  });

  it('a completion whose event was lost is backfilled', async () => {
    const ana = new Conversation(world);
    await ana.says('a human please');
    await ana.untilBotSaid(1);
    await ana.agent('reply', { body: 'Good morning.' });
    await ana.untilPhase('agent');
    await world.control.faults({ drop: { on: ['intervention.closed'] } });
    await ana.agent('close');
    const report = await reconciling.run();
    expect(report.backfilled).toEqual({ threads: 1, contents: 0, facts: 1 });
    await ana.untilPhase('closed');
    await ana.untilCategories('bot');
  });

  it('the export result of a reply is applied all the same', async () => {
    const ana = new Conversation(world);
    await world.control.faults({ drop: { on: 'content.exported' }, 'export-failure': 1 });
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await reconciling.run();
    await eventually(async () => (await ana.card()).attention[0]?.code).toBe('replyUndelivered');
  });
});

describe('with a twentieth of all events lost', () => {
  it('60 threads are after a scan what the platform knows them to be', async () => {
    await reconciling.run();
    const people = Array.from({ length: 60 }, () => new Conversation(world));
    // Each with a chance of their own: who loses what does not hang on the order in which they are served.
    for (const [i, { identity }] of people.entries()) {
      await world.control.faults({ drop: 0.05, seed: i + 1 }, identity);
    }
    await Promise.all(people.map((one, i) => play(one, i % 3)));
    for (const { identity } of people) await world.control.faults({}, identity);
    const reports = await reconciling.runToTheEnd();
    expect(reports.some(({ backfilled }) => backfilled.threads > 0)).toBe(true);
    for (const [i, one] of people.entries()) await one.untilPhase(endsIn[i % 3] ?? '');
    for (const one of people) await untilStill(one);
    for (const one of people) {
      const answered = await replied(one);
      expect(new Set(answered).size).toBe(answered.length);
    }
    // Looked at from the beginning, nothing is left that a thread does not know.
    const again = await reconciling.runAnew();
    expect(again.lookedAt.contents).toBeGreaterThan(150);
    expect(again).toMatchObject({ isComplete: true, backfilled: nothing });
  });

  const endsIn = ['bot', 'agent', 'closed'];

  async function play(one: Conversation, kind: number): Promise<void> {
    await one.says('hello');
    await untilDelivered(world, one.thread);
    if (await isReceived(one)) await one.untilBotSaid(1);
    if (kind === 0) await one.says('where is my parcel?');
    else await one.agent('reply', { body: 'Good morning.' });
    if (kind === 2) await one.agent('close');
    await untilDelivered(world, one.thread);
  }

  async function isReceived({ thread }: Conversation): Promise<boolean> {
    const { deliveries } = await world.control.record(thread);
    return deliveries.some(({ events }) => events.some(({ type }) => type === 'content.imported'));
  }
});
