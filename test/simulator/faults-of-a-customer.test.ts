/** Faults of one customer's threads: another customer's go on as if nothing were wrong. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSimulator, token, type OpenSimulator } from './setup.js';
import { eventually } from '../harness/eventually.js';

let simulator: OpenSimulator;
beforeAll(async () => {
  simulator = await openSimulator();
});
afterAll(() => simulator.stop());

async function read(thread: string): Promise<number> {
  const url = `${simulator.url}/1.0/content_threads/${thread}`;
  return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
}

const writes = (identity: string) =>
  simulator.control.customer({ source: 'chat', identity, body: 'hi' });

it('strike the calls about that thread alone, and so often as they say', async () => {
  const [ana, ben] = [await writes('ana'), await writes('ben')];
  await simulator.control.faults({ '403': { times: 1 } }, 'ana');
  expect(await read(ben.thread_id)).toBe(200);
  expect([await read(ana.thread_id), await read(ana.thread_id)]).toEqual([403, 200]);
});

it('count in place of the account’s, until they are ended', async () => {
  const [eve, ben] = [await writes('eve'), await writes('ben')];
  await simulator.control.faults({ '404': 1 });
  await simulator.control.faults({ '403': 1 }, 'eve');
  expect([await read(eve.thread_id), await read(ben.thread_id)]).toEqual([403, 404]);
  await simulator.control.faults({}, 'eve');
  expect(await read(eve.thread_id)).toBe(404);
  await simulator.control.faults({});
  expect(await read(eve.thread_id)).toBe(200);
});

it('refuse the export of that customer’s replies alone', async () => {
  const [kim, ben] = [await writes('kim'), await writes('ben')];
  await simulator.control.faults({ 'export-failure': 1 }, 'kim');
  const exported = async (to: string) => {
    const json = { in_reply_to_id: to, body: 'Hello!' };
    const { answer } = await simulator.call('POST', '/contents', { json });
    const status = async () =>
      (await simulator.call('GET', `/contents/${String(answer['id'])}`)).answer;
    await eventually(async () => (await status())['synchronization_status']).not.toBe(
      'export_pending',
    );
    return (await status())['synchronization_status'];
  };
  expect([await exported(kim.content_id), await exported(ben.content_id)]).toEqual([
    'export_failure',
    'success',
  ]);
});

it('strike that customer’s events too, also the first', async () => {
  await simulator.control.faults({ drop: 1 }, 'zoe');
  const [zoe, ben] = [await writes('zoe'), await writes('ben')];
  const delivered = async (id: string) => (await simulator.control.record(id)).deliveries.length;
  await eventually(() => delivered(ben.thread_id)).toBeGreaterThan(0);
  expect(await delivered(zoe.thread_id)).toBe(0);
});
