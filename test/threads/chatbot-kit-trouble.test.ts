/** A kit bot that throws or hangs the first time it is given an event: it is given the same event again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { roleCommand } from '../harness/compiled.js';
import { Conversation } from '../harness/conversation.js';
import { KitBotFiles } from '../harness/kit-bot-files.js';
import { runCommand } from '../harness/run-command.js';
import { testConfig } from '../harness/test-config.js';
import { secrets, startWorld, type World } from '../harness/world.js';

const source = `
  const times = new Map();
  exports.onEvent = async ({ event, client }) => {
    const time = (times.get(event.id) ?? 0) + 1;
    times.set(event.id, time);
    await client.reply(event, { body: 'time ' + time });
    if (time === 1 && event.resource.metadata.body === 'throw') throw new Error('no');
    if (time === 1 && event.resource.metadata.body === 'hang') await new Promise(() => {});
  }`;

const files = new KitBotFiles();
let world: World;
beforeAll(async () => {
  // So long that only a bot that hangs takes longer.
  const bot = { chatbotKit: { module: files.write(source) }, timeout: '10s', budget: '10m' };
  world = await startWorld({ config: testConfig({ bot }) });
});
afterAll(async () => {
  await world.stop();
  files.remove();
});

it.concurrent.each(['throw', 'hang'])('%s: the second time it is answered, once', async (body) => {
  const ana = new Conversation(world);
  await ana.says(body);
  expect(await ana.untilBotSaid(1)).toEqual(['time 2']);
  await ana.untilQuiet();
  await ana.says('hello');
  expect(await ana.untilBotSaid(2)).toEqual(['time 2', 'time 1']);
});

it.concurrent(
  'a worker whose bot is none of the kit does not start, and says which setting is wrong',
  async () => {
    const bot = { chatbotKit: { module: files.write(`exports.name = 'no bot'`) } };
    const path = join(files.folder, 'baton.config.mjs');
    writeFileSync(path, `export const config = ${JSON.stringify(testConfig({ bot }))}`);
    const { args, env } = roleCommand('worker/main.ts', {
      ...process.env,
      TEMPORAL_ADDRESS: world.temporal.address,
      TEMPORAL_NAMESPACE: world.temporal.namespace ?? 'default',
      ENGAGE_URL: world.simulator.url,
      ENGAGE_TOKEN: secrets.ENGAGE_TOKEN,
      BATON_CONFIG: path,
    });
    const worker = await runCommand(process.execPath, args, { env });
    expect(worker.stderr).toMatch(/bots\.tester\.chatbotKit\.module: .*no function onEvent/);
    expect(worker.status).toBe(1);
  },
);
