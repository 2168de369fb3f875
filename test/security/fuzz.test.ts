/**
 * Five hundred calls that nobody should make, to Baton whole: none is answered with 5xx or with a piece of
 * our code, each is answered, and what is right works on. `npm run security` makes ten thousand.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyCall } from './attack/any-call.js';
import { known } from './attack/fuzz.js';
import { exchangeAgain, type RawCall } from './attack/raw-call.js';
import { roomy } from './attack/roomy.js';
import { newTally, type Tally } from './attack/tally.js';
import { Conversation } from '../harness/conversation.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';
import { startNaiveWebhook } from '../negative-controls/naive-webhook.js';

const seed = 20_261_121;
const atOnce = 4;

let world: World;
beforeAll(async () => {
  world = await startWorld({ config: testConfig({ engageTimeout: '1m' }), limits: roomy });
});
afterAll(() => world.stop());

async function sendAll(port: number, calls: readonly RawCall[]): Promise<Tally> {
  const tally = newTally();
  const waiting = calls.values();
  const sender = async () => {
    for (const call of waiting) tally.count(call, await exchangeAgain(port, call));
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  return tally;
}

describe('500 calls that nobody should make', () => {
  it('are refused or harmless: no 5xx, no silence, no piece of code, and the bot answers on', async () => {
    const port = Number(new URL(world.webhookUrl).port);
    const calls = fc.sample(anyCall(known), { numRuns: 500, seed });
    const { failed, silent, telling, total } = await sendAll(port, calls);
    expect({ failed, silent, telling }).toEqual({ failed: [], silent: [], telling: [] });
    expect(total).toBe(500);
    expect(Object.prototype).not.toHaveProperty('polluted');
    const ana = new Conversation(world);
    await ana.says('where is my parcel?');
    await ana.untilBotSaid(1);
  });

  it('negative control: a naive webhook answers some of them with 500', async () => {
    const naive = await startNaiveWebhook('token', (body) => Promise.resolve(body).then(guess));
    const calls = fc.sample(anyCall(known), { numRuns: 60, seed });
    const { failed } = await sendAll(Number(new URL(naive.webhookUrl).port), calls);
    naive.close();
    expect(failed.length).toBeGreaterThan(0);
  });
});

type Guessed = { events: { resource: { metadata: { thread_id: string } } }[] };

function guess(body: string): void {
  const { events } = JSON.parse(body) as Guessed;
  for (const { resource } of events) resource.metadata.thread_id.trim();
}
