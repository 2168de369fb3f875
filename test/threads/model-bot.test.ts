/** A language model in whole conversations: what customers see, and what the model is spared. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ModelServer } from '../harness/bots/openai-server.js';
import { ToolServer } from '../harness/bots/tool-server.js';
import { Conversation } from '../harness/conversation.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

let model: ModelServer;
let shop: ToolServer;
let world: World;
beforeAll(async () => {
  model = await new ModelServer().start();
  shop = await new ToolServer().start();
  const inside = { allowPrivate: true } as const;
  const openaiCompatible = {
    ...{ baseUrl: model.url, model: 'small', prompt: 'You help.', maxTurns: 2, ...inside },
    tools: { refund_order: { description: 'Refunds.', url: shop.url, ...inside } },
    guardrails: { promises: [{ words: ['refunded'], after: ['refund_order'] }] },
  };
  world = await startWorld({ config: testConfig({ bot: { openaiCompatible } }) });
});
afterAll(async () => {
  await world.stop();
  await model.stop();
  await shop.stop();
});

it('may say that it is done once its tool has done it', async () => {
  model.will(
    { says: 'It is refunded.' },
    { says: 'One moment.', calls: [['refund_order', '{}']] },
    { says: 'It is refunded.' },
  );
  const ana = new Conversation(world);
  await ana.says('my money back');
  expect(await ana.untilBotSaid(1)).toEqual(['It is refunded.']);
  await ana.untilQuiet();
  expect(shop.requests).toHaveLength(1);
  expect(model.requests).toHaveLength(3);
});

it('may not where the tool refused', async () => {
  shop.answer = { status: 409, body: '{"error":"not yours"}' };
  shop.requests.length = 0;
  model.will({ calls: [['refund_order', '{}']] }, { says: 'It is refunded.' });
  const ana = new Conversation(world);
  await ana.says('my money back');
  await ana.untilPhase('handover');
  await ana.untilQuiet();
  expect((await ana.botSaid()).join()).not.toContain('refunded');
});

it('hands over with its farewell', async () => {
  const reason = '{"reason":"an address","customer_asked":true}';
  model.will({ says: 'A colleague takes over.', calls: [['hand_over', reason]] });
  const ana = new Conversation(world);
  await ana.says('a human please');
  await ana.untilPhase('handover');
  expect(await ana.untilBotSaid(1)).toEqual(['A colleague takes over.']);
  await ana.untilCategories('agent');
});

it('hands over when it has answered as often as it may', async () => {
  model.will({ says: 'Hello.' });
  const ana = new Conversation(world);
  for (const turn of [1, 2]) {
    await ana.says('hello');
    await ana.untilBotSaid(turn);
    await ana.untilQuiet();
  }
  expect(await ana.phase()).toBe('bot');
  await ana.says('hello');
  await ana.untilPhase('handover');
  expect(model.requests).toHaveLength(2);
});

it('stops speaking when a human takes over, and nothing of it is said', async () => {
  model.will({ says: 'It arrives', hangs: true });
  const ana = new Conversation(world);
  await ana.says('where is my parcel?');
  await eventually(() => model.requests.length).toBe(1);
  await ana.agent('reply', { body: 'Good morning.' });
  await ana.untilPhase('agent');
  await eventually(() => model.abandoned).toBe(1);
  await ana.untilQuiet();
  expect(await ana.botSaid()).toEqual([]);
  expect((await ana.card()).counts).toMatchObject({ crossedReplies: 0, replies: 0 });
});

it('knows what the human said when it is back', async () => {
  model.will({ says: 'Hello.' });
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.agent('reply', { body: 'It is at the neighbour’s.' });
  await ana.untilPhase('agent');
  await ana.agent('close');
  await ana.untilPhase('closed');
  await ana.untilCategories('bot');
  await ana.says('which neighbour?');
  await ana.untilBotSaid(2);
  const shown = model.messages.map(({ content }) => content).join('\n');
  expect(shown).toContain('[human agent] It is at the neighbour’s.');
});
