/** A restart keeps the account, and sends what was pending. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openSimulator, startReceiver, type Receiver, type OpenSimulator } from './setup.js';
import { eventually } from '../harness/eventually.js';

let folder: string;
let receiver: Receiver;
let simulator: OpenSimulator | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-simulator-'));
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await simulator?.stop();
  simulator = undefined;
  await receiver.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(name: string): Promise<OpenSimulator> {
  await simulator?.stop();
  simulator = await openSimulator({ statePath: join(folder, name, 'state.json') }, receiver);
  return simulator;
}

it('continues the conversation: the thread, its ids and its time', async () => {
  const first = await start('continued');
  const one = await first.says('hello');
  await first.control.advance('10h');
  const second = await start('continued');
  const { contents } = await second.control.record(one.thread_id);
  expect(contents.map(({ id }) => id)).toEqual([one.content_id]);
  const two = await second.says('still here');
  expect(two.thread_id).toBe(one.thread_id);
  const times = receiver.events.map(({ issued_at: at }) => Date.parse(at));
  expect(times.at(-1)! - times[0]!).toBeGreaterThanOrEqual(10 * 3_600_000);
  expect(await readdir(join(folder, 'continued'))).toEqual(['state.json']);
});

it('sends what was pending: an unanswered delivery, and an export', async () => {
  const first = await start('pending');
  await first.says('the webhook is open', 'somebody');
  await receiver.until('task.undelivered');
  receiver.status = 'hold';
  const ana = { source: 'chat', identity: 'ana', body: 'hello' };
  const { content_id, event_id } = await first.control.customer(ana);
  const held = () => receiver.deliveries.filter(({ events }) => events[0]?.id === event_id);
  await eventually(held).toHaveLength(1);
  const json = { in_reply_to_id: content_id, body: 'Hello!' };
  const reply = await first.call('POST', '/contents', { json });
  await first.stop();
  simulator = undefined;
  receiver.status = 200;
  await start('pending');
  await eventually(held).toHaveLength(2);
  expect(held()[1]).toEqual(held()[0]);
  const exported = await receiver.until('content.exported');
  expect(exported.resource.id).toBe(reply.answer['id']);
});

it('refuses a file it cannot read rather than forget it', async () => {
  await start('broken');
  await simulator?.stop();
  simulator = undefined;
  await writeFile(join(folder, 'broken', 'state.json'), '{"sequence":');
  await expect(start('broken')).rejects.toThrow('cannot be read');
});
