/**
 * The example of a language model as a bot, with its worker killed while the model thinks, before and
 * after it has called a tool: the tool is called once, and the customer is answered once.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig, readConfig } from '../../../settings/load-config.js';
import { ModelServer } from '../../harness/bots/openai-server.js';
import { ToolServer } from '../../harness/bots/tool-server.js';
import { Conversation } from '../../harness/conversation.js';
import { startWorkerProcess } from '../../harness/worker-process.js';
import { startWorld, type World } from '../../harness/world.js';
import { eventually } from '../../harness/eventually.js';

const example = 'docs/examples/openai-compatible/baton.config.ts';

let model: ModelServer;
let shop: ToolServer;
let world: World;
beforeAll(async () => {
  model = await new ModelServer().start();
  shop = await new ToolServer().start();
  world = await startWorld({ business: await businessHere(), withoutWorker: true });
});
afterAll(async () => {
  await world.stop();
  await model.stop();
  await shop.stop();
});

/** As the example has it, with the addresses of this test's servers in place of its own. */
async function businessHere() {
  const written = JSON.stringify(await readConfig(example))
    .replaceAll('http://localhost:11434/v1', model.url)
    .replaceAll('http://localhost:8080', shop.url);
  return parseConfig(JSON.parse(written));
}

const startWorker = () =>
  startWorkerProcess(world, 'worker/main.ts', {
    BATON_CONFIG: example,
    MODEL_URL: model.url,
    ORDERS_URL: shop.url,
  });

it('calls its tool once, however often the worker dies', async () => {
  const asked = (times: number) => eventually(() => model.requests.length).toBe(times);
  model.will(
    { says: 'Let me see', hangs: true },
    { calls: [['refund_order', '{"order":"1234"}']] },
    { says: 'It is', hangs: true },
    { says: 'Your order is refunded.' },
  );
  const first = await startWorker();
  const ana = new Conversation(world);
  await ana.says('order 1234 has not come, I want my money');
  await asked(1);
  await first.kill();
  const second = await startWorker();
  await asked(3);
  await second.kill();
  await world.startWorkers();
  await asked(4);
  expect(await ana.untilBotSaid(1)).toEqual(['Your order is refunded.']);
  await ana.untilQuiet();
  expect(await ana.botSaid()).toHaveLength(1);
  expect(shop.requests.map(({ body }) => body)).toEqual([{ order: '1234' }]);
  expect(model.messages.at(-1)).toMatchObject({ role: 'tool', tool_call_id: 'call00000' });
});
