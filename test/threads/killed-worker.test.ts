/**
 * A worker killed with SIGKILL between the platform's acceptance of a reply and its report: the
 * customer sees one reply. Two things see to it, the look on the platform and the echo through the
 * webhook; a worker that has neither must fail the same run.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Conversation } from '../support/conversation.js';
import { startWorkerProcess } from '../support/worker-process.js';
import { startWorld, type World } from '../support/world.js';
import { eventually } from '../support/eventually.js';

let world: World;
beforeAll(async () => {
  world = await startWorld({ withoutWorker: true });
});
afterAll(() => world.stop());

const ours = 'worker/main.ts';
/** Sends again without looking. */
const blind = 'chaos/saboteurs/blind-worker.ts';

/** How often the customer was told the one thing, after all had settled. */
async function repliesAfterKill(script: string, echo: 'arrives' | 'is lost'): Promise<number> {
  const first = await startWorkerProcess(world, script);
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  // The platform takes the reply, and its answer never reaches the worker.
  const hang = { on: 'POST /contents', times: 1 };
  const drop = { on: ['content.replied', 'content.exported'] };
  await world.doors.faults(echo === 'arrives' ? { hang } : { hang, drop });
  await ana.says('where is my parcel?');
  await ana.untilBotSaid(2);
  await first.kill();
  const second = await startWorkerProcess(world, script);
  await eventually(async () => (await ana.card().catch(() => undefined))?.owed.length).toBe(0);
  const said = await ana.botSaid();
  await world.doors.faults({});
  await second.kill();
  return said.filter((body) => body === 'It arrives tomorrow.').length;
}

it('after which the customer has one reply: it is looked for', async () => {
  expect(await repliesAfterKill(ours, 'is lost')).toBe(1);
});

it('a worker that does not look has one too, where the echo arrives', async () => {
  expect(await repliesAfterKill(blind, 'arrives')).toBe(1);
});

it('a worker that does not look has two where the echo is lost', async () => {
  expect(await repliesAfterKill(blind, 'is lost')).toBe(2);
});
