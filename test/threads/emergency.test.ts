/**
 * An emergency, from the operator API to the customers: the bot is silent once it is known, everything
 * goes to humans and is counted, and comes back. A worker that does not look whether one is
 * in force must fail the same run.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BatonConfig } from '../../settings/business.js';
import {
  declareEmergency,
  describeEmergency,
  emergencyWorkflowId,
  type EmergencyView,
} from '../../workflows/contract/index.js';
import { Conversation } from '../harness/conversation.js';
import { Operator } from '../harness/operator.js';
import { script, testConfig } from '../harness/test-config.js';
import { startWorkerProcess } from '../harness/worker-process.js';
import { startWorld, type World, type WorldOptions } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

const all = { all: true } as const;
const chat = { source: 'chat' };
const long = { timeout: 120_000 };

/** `chat` has a quick bot, `messages` one that thinks for four seconds. */
function twoBots(): BatonConfig {
  const config = testConfig();
  const { chat: quick, messages } = config.sources;
  return {
    ...config,
    bots: { ...config.bots, slow: { scripted: { ...script, thinkFor: 4_000 } } },
    sources: { chat: quick!, messages: { ...messages!, bot: 'slow' } },
  };
}

/** For one describe block. */
function world(options: WorldOptions = {}): () => World {
  let started: World | undefined;
  beforeAll(async () => {
    started = await startWorld(options);
  });
  afterAll(() => started?.stop());
  return () => started!;
}

function many(count: number, make: () => Promise<Conversation>): Promise<readonly Conversation[]> {
  return Promise.all(Array.from({ length: count }, make));
}

async function greeted(at: World, source = 'chat'): Promise<Conversation> {
  const ana = new Conversation(at, source);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  return ana;
}

async function phases(of: readonly Conversation[]): Promise<readonly string[]> {
  return Promise.all(of.map((ana) => ana.phase()));
}

function each(phase: string, of: readonly unknown[]): readonly string[] {
  return of.map(() => phase);
}

/** The searches have caught up: what is counted beforehand is what there is. */
async function untilSeen(operator: Operator, wouldMove: number): Promise<void> {
  const seen = async () => (await operator.declare({ scope: all, dryRun: true })).body['wouldMove'];
  await eventually(seen).toBe(wouldMove);
}

async function untilDone(operator: Operator, way: 'toHumans' | 'back'): Promise<EmergencyView> {
  await eventually(async () => (await operator.newest())[way]?.isDone).toBe(true);
  return operator.newest();
}

describe('all conversations', () => {
  const at = world({ config: twoBots() });

  it('go to humans, each counted once, and those no human took come back', long, async () => {
    const operator = new Operator(at());
    const asking = await many(4, () => greeted(at()));
    for (const ana of asking) await ana.says('a human please');
    const withAgent = await many(4, () => greeted(at()));
    for (const ana of withAgent) await ana.agent('reply', { body: 'Good morning.' });
    const closed = await many(4, () => greeted(at()));
    for (const ana of closed) await ana.says('thanks');
    const idle = await many(20, () => greeted(at()));
    const midTurn = await many(12, async () => {
      const ana = new Conversation(at(), 'messages');
      await ana.says('hello');
      return ana;
    });
    const others = [...asking, ...withAgent, ...closed];
    const expected = [
      ...each('handover', asking),
      ...each('agent', withAgent),
      ...each('closed', closed),
    ];
    await eventually(() => phases(others)).toEqual(expected);
    await untilSeen(operator, 32);

    // Mid-turn are the slow bot's now, and half of the quick one's.
    for (const ana of [...midTurn, ...idle.slice(0, 10)]) await ana.says('where is my parcel?');
    const dry = await operator.declare({ scope: all, dryRun: true });
    expect(dry.body).toMatchObject({ isInForce: false, wouldMove: 32 });
    expect((await operator.show()).emergencies).toEqual([]);

    const declared = await operator.declare({ scope: all });
    expect(declared).toMatchObject({ status: 202, body: { emergency: { isInForce: true } } });
    const done = await untilDone(operator, 'toHumans');
    expect(done.toHumans).toMatchObject({ found: 32, moved: 32, left: 0, failed: 0, remaining: 0 });
    expect(await phases([...idle, ...midTurn])).toEqual(each('handover', [...idle, ...midTurn]));
    await Promise.all([...idle, ...midTurn].map((ana) => ana.untilCategories('agent')));
    expect(await phases(others)).toEqual(expected);

    // New ones meanwhile, by the gate.
    const fresh = await many(3, async () => {
      const ana = new Conversation(at());
      await ana.says('hello');
      await ana.untilPhase('handover');
      return ana;
    });
    for (const ana of fresh) expect((await ana.card()).reason).toBe('emergency');
    await eventually(async () => (await operator.newest()).waiting).toBe(35);
    expect((await operator.newest()).toHumans).toMatchObject({ found: 35, moved: 35 });

    const taken = [...idle.slice(0, 2), ...midTurn.slice(0, 1)];
    for (const ana of taken) await ana.agent('reply', { body: 'I am here.' });
    for (const ana of taken) await ana.untilPhase('agent');
    const wouldReturn = async () =>
      (await operator.end({ scope: all, dryRun: true })).body['wouldReturn'];
    await eventually(wouldReturn).toBe(32);
    expect((await operator.show()).inForce).toEqual([all]);

    const ended = await operator.end({ scope: all, by: 'otto', why: 'it is fixed' });
    expect(ended.body).toMatchObject({ emergency: { ended: { by: 'otto', why: 'it is fixed' } } });
    const back = await untilDone(operator, 'back');
    expect(back.back).toMatchObject({ found: 32, moved: 32, left: 0, failed: 0, remaining: 0 });
    const returned = [...idle, ...midTurn, ...fresh].filter((ana) => !taken.includes(ana));
    expect(await phases(returned)).toEqual(each('bot', returned));
    await Promise.all(returned.map((ana) => ana.untilCategories('bot')));
    expect(await phases(taken)).toEqual(each('agent', taken));
    expect(await phases(others)).toEqual(expected);

    // The bot answers new ones again.
    await greeted(at());
  });
});

/** A new customer says hello: the phase and the bot's words once their thread has an owner. */
async function newcomer(at: World): Promise<{ readonly phase: string; readonly bot: string }> {
  const ana = new Conversation(at);
  await ana.says('hello');
  const isOwned = async () =>
    (await ana.phase()) === 'handover' || (await ana.botSaid()).length > 0;
  await ana.until(isOwned);
  await ana.untilDelivered();
  return { phase: await ana.phase(), bot: (await ana.botSaid()).join(' ') };
}

async function declareForChat(at: World): Promise<void> {
  const operator = new Operator(at);
  await many(5, () => greeted(at));
  await operator.declare({ scope: chat });
  await untilDone(operator, 'toHumans');
}

describe('once the emergency is known', () => {
  const at = world();
  it('no reply leaves, whoever goes on writing', long, async () => {
    await declareForChat(at());
    // What a worker has read counts for up to two seconds (`temporal/emergency-check.ts`).
    await eventually(() => newcomer(at())).toEqual({ phase: 'handover', bot: '' });
    const later = await Promise.all(Array.from({ length: 10 }, () => newcomer(at())));
    expect(later).toEqual(Array(10).fill({ phase: 'handover', bot: '' }));
  });

  describe('negative control: a worker that does not look', () => {
    const ports: WorldOptions['ports'] = (same) => ({
      ...same,
      emergencies: { isInForce: () => Promise.resolve(false) },
    });
    const blind = world({ ports });
    it('does not fall silent', long, async () => {
      await declareForChat(blind());
      expect(await newcomer(blind())).toEqual({ phase: 'bot', bot: 'Welcome!' });
    });
  });

  describe('a worker that cannot know', () => {
    let isAway = true;
    const ports: WorldOptions['ports'] = (same) => ({
      ...same,
      emergencies: {
        isInForce: (voice) =>
          isAway ? Promise.reject(new Error('away')) : same.emergencies.isInForce(voice),
      },
    });
    const unsure = world({ ports });
    it('says nothing until it does', long, async () => {
      const ana = new Conversation(unsure());
      await ana.says('hello');
      await ana.until(async () => (await ana.card()).doing === 'askBot');
      await pause(2_000);
      expect(await ana.botSaid()).toEqual([]);
      isAway = false;
      await ana.untilBotSaid(1);
    });
  });
});

describe('the scope', () => {
  const at = world({ config: twoBots() });

  it('of a source leaves the other alone, and of a bot is its sources', long, async () => {
    const operator = new Operator(at());
    const [ana, bela] = [await greeted(at()), await greeted(at(), 'messages')];
    await untilSeen(operator, 2);
    await operator.declare({ scope: chat });
    await ana.untilPhase('handover');
    await bela.says('where is my parcel?');
    expect((await bela.untilBotSaid(2)).at(-1)).toBe('It arrives tomorrow.');

    await operator.declare({ scope: { bot: 'slow' } });
    await bela.untilPhase('handover');
    expect(await operator.newest()).toMatchObject({ sources: ['messages'], isInForce: true });
    expect((await operator.show()).inForce).toEqual([chat, { bot: 'slow' }]);

    // One is over: the other still holds its own.
    await operator.end({ scope: chat });
    await ana.untilPhase('bot');
    expect(await bela.phase()).toBe('handover');
    expect((await operator.show()).inForce).toEqual([{ bot: 'slow' }]);
  });

  it('that lies within another comes back only with that one', long, async () => {
    const operator = new Operator(at());
    const ana = await greeted(at());
    await operator.declare({ scope: all });
    await operator.declare({ scope: chat });
    await ana.untilPhase('handover');
    await operator.end({ scope: chat });
    await pause(5_000);
    expect(await ana.phase()).toBe('handover');
    await operator.end({ scope: all });
    await ana.untilPhase('bot');
  });
});

describe('declared', () => {
  const at = world();

  it('twice, it is one; ended twice, it has ended once', long, async () => {
    const operator = new Operator(at());
    await operator.declare({ scope: all, by: 'olga', why: 'first' });
    const again = await operator.declare({ scope: all, by: 'otto', why: 'second' });
    expect(again.body).toMatchObject({ emergency: { declared: { by: 'olga', why: 'first' } } });
    expect((await operator.show()).emergencies).toHaveLength(1);
    await operator.end({ scope: all, by: 'olga' });
    const ended = await operator.end({ scope: all, by: 'otto' });
    expect(ended.body).toMatchObject({ emergency: { ended: { by: 'olga' } } });
    expect((await operator.end({ scope: chat })).status).toBe(404);
  });

  it('anew after its end, it is another, and both are remembered', long, async () => {
    const operator = new Operator(at());
    await operator.declare({ scope: all, by: 'otto' });
    const { inForce, emergencies } = await operator.show();
    expect(inForce).toEqual([all]);
    expect(emergencies.map(({ declared }) => declared.by)).toEqual(['olga', 'otto']);
    const workflow = at().temporal.client.workflow.getHandle(emergencyWorkflowId);
    expect(await workflow.query(describeEmergency)).toEqual(emergencies);
    await operator.end({ scope: all });
  });

  it('it goes on over continue-as-new, in force at every moment', long, async () => {
    const operator = new Operator(at());
    await operator.declare({ scope: all });
    const { client } = at().temporal;
    const workflow = client.workflow.getHandle(emergencyWorkflowId);
    const { runId } = await workflow.describe();
    const ask = { scope: all, by: 'olga', why: 'again' };
    while ((await workflow.describe()).runId === runId) {
      await workflow.executeUpdate(declareEmergency, { args: [ask] });
      expect((await operator.show()).inForce).toEqual([all]);
    }
    const ana = new Conversation(at());
    await ana.says('hello');
    await ana.untilPhase('handover');
    await operator.end({ scope: all });
    await ana.untilPhase('bot');
  });

  it('a thread that cannot be moved is counted as failed, and named', long, async () => {
    const operator = new Operator(at());
    const threads = await many(4, () => greeted(at()));
    const [stuck] = threads;
    await eventually(
      async () => (await operator.declare({ scope: all, dryRun: true })).body['wouldMove'],
    ).toBeGreaterThanOrEqual(4);
    const { wouldMove: found } = (await operator.declare({ scope: all, dryRun: true })).body;
    const on = `PUT /content_threads/${stuck!.thread}/update_categories`;
    await at().control.faults({ '403': { on } });
    await operator.declare({ scope: all });
    const { toHumans } = await untilDone(operator, 'toHumans');
    expect(toHumans).toMatchObject({ found, failed: 1, remaining: 0, moved: Number(found) - 1 });
    expect(toHumans.failedThreads).toEqual([
      { workflowId: stuck!.workflow.workflowId, code: 'notPlaced' },
    ]);
    // Whatever the platform says, the bot is silent there.
    await at().control.faults({});
    await stuck!.says('hello?');
    await stuck!.untilDelivered();
    expect(await stuck!.botSaid()).toEqual(['Welcome!']);
    await operator.end({ scope: all });
  });
});

describe('a worker killed in the middle', () => {
  const at = world({ withoutWorker: true });

  it('leaves the rest, and the counts, to the next', async () => {
    // Ten threads a second.
    const pace = { ENGAGE_REQUESTS_PER_MINUTE: '3000' };
    const first = await startWorkerProcess(at(), 'worker/main.ts', pace);
    const operator = new Operator(at());
    const threads = await many(40, () => greeted(at()));
    await untilSeen(operator, 40);
    await operator.declare({ scope: all });
    const moving = async () => (await phases(threads)).filter((one) => one === 'handover').length;
    await eventually(moving).toBeGreaterThan(5);
    expect(await moving()).toBeLessThan(35);
    await first.kill();

    // Nobody works, and it can still be seen; then the ingress restarts too.
    expect((await operator.show()).inForce).toEqual([all]);
    await at().restartIngress();
    const remaining = async () => (await operator.newest()).toHumans.remaining;
    await eventually(() => remaining().catch(() => 0)).toBeGreaterThan(0);

    const second = await startWorkerProcess(at(), 'worker/main.ts', pace);
    const { toHumans } = await untilDone(operator, 'toHumans');
    expect(toHumans).toMatchObject({ found: 40, moved: 40, left: 0, failed: 0, remaining: 0 });
    expect(await phases(threads)).toEqual(each('handover', threads));
    await second.kill();
  });

  it('without any worker a declaration is not taken, and says so', long, async () => {
    const operator = new Operator(at());
    expect((await operator.declare({ scope: chat })).status).toBe(503);
  });
});
