/** The example of a kit bot, run as it stands. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config } from '../../../docs/examples/chatbot-kit/baton.config.js';
import { Conversation } from '../../harness/conversation.js';
import { startWorld, type World } from '../../harness/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld({ config });
});
afterAll(() => world.stop());

it('answers, and gives the thread to the agents by its own raw call', async () => {
  const ana = new Conversation(world);
  await ana.says('where is my parcel?');
  expect(await ana.untilBotSaid(1)).toEqual(['It arrives tomorrow.']);
  await ana.says('a human please');
  await ana.untilPhase('handover');
  await ana.untilQuiet();
  expect(await ana.botSaid()).toEqual(['It arrives tomorrow.', 'A colleague takes over.']);
  await ana.untilCategories('agent');
});
