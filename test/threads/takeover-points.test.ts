/**
 * A human takes over at each point of a turn, from the desk and from the channel's own app. The bot is
 * silent from then on: only a reply already past its last look at the thread may still cross, within
 * that one round trip, and such a crossed reply is counted.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import type { EngageClient } from '../../engage/client.js';
import { Conversation } from '../harness/conversation.js';
import { script, testConfig } from '../harness/test-config.js';
import { untilAllReceived } from '../harness/received.js';
import { startWorld, type World } from '../harness/world.js';

/** The points of a turn of two replies, in order; `crossing`: the last look lies behind, the post before. */
const points = [
  { name: 'the content has come', crossing: false },
  { name: 'the bot is asked', crossing: false },
  { name: 'the bot has answered', crossing: false },
  { name: 'the intervention is about to be opened', crossing: false },
  { name: 'the intervention is open', crossing: false },
  { name: 'the first reply is about to be looked at', crossing: false },
  { name: 'the first reply is about to be posted', crossing: true },
  { name: 'the first reply is posted, nobody knows yet', crossing: false },
  { name: 'the second reply is about to be looked at', crossing: false },
  { name: 'the second reply is about to be posted', crossing: true },
  { name: 'the second reply is posted, nobody knows yet', crossing: false },
  { name: 'the turn is over', crossing: false },
] as const;
type Point = (typeof points)[number]['name'];

/** What is to be done when a customer's turn reaches a point; done once. */
const actions = new Map<string, { at: Point; act: () => Promise<unknown> }>();
/** Which customer a content or a thread is of. */
const owners = new Map<string, string>();
/** When that is known of a customer, and who takes over before the bot is asked has done so. */
const ready = new Map<string, Promise<unknown>>();
const looks = new Map<string, number>();
const windows: number[] = [];

async function reach(owner: string | undefined, point: Point): Promise<void> {
  const action = owner === undefined ? undefined : actions.get(owner);
  if (owner === undefined || action?.at !== point) return;
  actions.delete(owner);
  await action.act();
}

function watched(ports: Ports): Ports {
  const bots = [...ports.bots].map(([name, bot]) => {
    const answer: typeof bot.answer = async (turn, asking) => {
      const owner = turn.burst[0]?.body;
      await ready.get(owner ?? '');
      await reach(owner, 'the bot is asked');
      await bot.answer(turn, asking);
      await reach(owner, 'the bot has answered');
      return { replies: [{ body: 'one' }, { body: 'two' }] };
    };
    return [name, { ...bot, answer }] as const;
  });
  return { ...ports, bots: new Map(bots), engage: watchedEngage(ports.engage) };
}

function watchedEngage(engage: EngageClient): EngageClient {
  return {
    ...engage,
    async openIntervention(contentId) {
      const owner = owners.get(contentId);
      await reach(owner, 'the intervention is about to be opened');
      const opened = await engage.openIntervention(contentId);
      await reach(owner, 'the intervention is open');
      return opened;
    },
    async getThread(threadId) {
      const owner = owners.get(threadId);
      const look = (looks.get(threadId) ?? 0) + 1;
      looks.set(threadId, look);
      if (look === 1) await reach(owner, 'the first reply is about to be looked at');
      if (look === 2) await reach(owner, 'the second reply is about to be looked at');
      return engage.getThread(threadId);
    },
    async createReply(reply) {
      const owner = owners.get(reply.inReplyToId);
      const isFirst = reply.body === 'one';
      const looked = performance.now();
      await reach(owner, `the ${isFirst ? 'first' : 'second'} reply is about to be posted`);
      const content = await engage.createReply(reply);
      windows.push(performance.now() - looked);
      await reach(owner, `the ${isFirst ? 'first' : 'second'} reply is posted, nobody knows yet`);
      return content;
    },
  };
}

let world: World;
beforeAll(async () => {
  const rest = { ...script, greet: undefined };
  const source = { burst: { quiet: '300ms', cap: '1s' } };
  // No call is given up because the machine is busy.
  const bot = { scripted: rest, timeout: '60s' };
  const config = testConfig({ bot, source, engageTimeout: '60s' });
  world = await startWorld({ config, ports: watched });
});
afterAll(async () => {
  const sorted = windows.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]?.toFixed(1) ?? '–';
  console.log(`last look to accepted post: median ${at(0.5)} ms, longest ${at(0.999)} ms`);
  await world.stop();
});

/** A customer writes, and when the turn reaches the point a human does. */
async function takeoverAt(point: Point, native: boolean): Promise<Conversation> {
  const ana = new Conversation(world);
  const owner = `${point} ${native ? 'native' : 'desk'}`;
  const act = () => ana.agent('reply', { body: 'human', native });
  actions.set(owner, { at: point, act });
  const writing = async () => {
    const contentId = await ana.says(owner);
    owners.set(contentId, owner).set(ana.thread, owner);
    await reach(owner, 'the content has come');
  };
  const written = writing();
  ready.set(owner, written);
  await written;
  if (point === 'the turn is over') {
    await ana.untilBotSaid(2);
    await ana.untilQuiet();
    await reach(owner, point);
  }
  await ana.untilPhase('agent');
  await untilAllReceived(world, ana);
  await ana.untilQuiet();
  return ana;
}

/** What the bot said after the human, what was counted of it, and what it still said much later. */
async function outcomeOf(point: Point, native: boolean) {
  const ana = await takeoverAt(point, native);
  const { contents } = await world.control.record(ana.thread);
  const isBots = ({ by }: { readonly by: string }) => by.startsWith('bot:');
  const human = contents.findIndex(({ body }) => body === 'human');
  const { counts } = await ana.card();
  for (let i = 0; i < 3; i += 1) await ana.says('and now?');
  await untilAllReceived(world, ana);
  await ana.untilQuiet();
  return {
    point,
    after: contents.slice(human + 1).filter(isBots).length,
    // Dated to the second: what was posted in the same one before the human counts as crossing too.
    isCounted: counts.crossedReplies >= contents.slice(human + 1).filter(isBots).length,
    later: (await ana.botSaid()).length - contents.filter(isBots).length,
  };
}

it.each([
  ['at the desk', false],
  ['in the channel’s own app', true],
])('a human who writes %s silences the bot at every point', async (_, native) => {
  const outcomes = await Promise.all(points.map(({ name }) => outcomeOf(name, native)));
  const wanted = points.map(({ name: point, crossing }) => ({
    point,
    after: crossing ? 1 : 0,
    isCounted: true,
    later: 0,
  }));
  expect(outcomes).toEqual(wanted);
});
