/** A slow bot delays its own customer only. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import { Conversation } from '../harness/conversation.js';
import { script, testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

/** It thinks about `hello` until a test lets it go on. */
let goOn: () => void = () => undefined;
const thought = new Promise<void>((resolve) => (goOn = resolve));

function thinking(ports: Ports): Ports {
  const bots = [...ports.bots].map(([name, bot]) => {
    const answer: typeof bot.answer = async (turn, asking) => {
      if (turn.burst[0]?.body === 'hello') await thought;
      return bot.answer(turn, asking);
    };
    return [name, { ...bot, answer }] as const;
  });
  return { ...ports, bots: new Map(bots) };
}

let world: World;
beforeAll(async () => {
  const bot = { scripted: { ...script, thinkFor: 500 } };
  world = await startWorld({ config: testConfig({ bot }), ports: thinking });
});
afterAll(() => {
  goOn();
  return world.stop();
});

it('is not waited for by the acknowledgement', async () => {
  const ana = new Conversation(world);
  await ana.says('hello');
  await eventually(async () =>
    (await world.control.record(ana.thread)).deliveries.map(({ status }) => status),
  ).toContain(200);
  expect(await ana.botSaid()).toEqual([]);
  await ana.untilPhase('bot');
});

it('says nothing once an agent has spoken', async () => {
  const ana = new Conversation(world);
  await ana.says('hello');
  await eventually(async () => (await ana.card()).doing).toBe('askBot');
  await ana.agent('reply', { body: 'Good morning.' });
  await ana.untilPhase('agent');

  // Another thread's turn, begun later, is over: so would this one's have been.
  goOn();
  const bela = new Conversation(world);
  await bela.says('good morning');
  await bela.untilBotSaid(1);
  expect(await ana.botSaid()).toEqual([]);
  const { counts } = await ana.card();
  expect(counts).toMatchObject({ crossedReplies: 0, replies: 0 });
});
