/**
 * A worker killed with SIGKILL between the platform's acceptance of a reply and its report: the
 * customer sees one reply. Two things see to it, the look on the platform and the echo through the
 * webhook; a worker that has neither must fail the same run.
 */
import { afterAll, expect, it } from 'vitest';
import { Conversation } from '../harness/conversation.js';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.js';
import { startWorld } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

const ours = 'worker/main.ts';
/** Sends again without looking. */
const blind = 'test/chaos/negative-controls/blind-worker.ts';

const closings: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closings.reverse()) await close();
});

type Echo = 'arrives' | 'is lost';

/** How often each customer was told the one thing, after all had settled. In a world of its own. */
async function repliesAfterKill(script: string, echoes: readonly Echo[]): Promise<number[]> {
  const world = await startWorld({ withoutWorker: true });
  closings.push(() => world.stop());
  const startWorker = async (): Promise<WorkerProcess> => {
    const worker = await startWorkerProcess(world, script);
    closings.push(() => worker.kill());
    return worker;
  };

  async function waitsForReply(echo: Echo): Promise<Conversation> {
    const ana = new Conversation(world);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    // The platform takes the reply, and its answer never reaches the worker.
    const hang = { on: 'POST /contents', times: 1 };
    const drop = { on: ['content.replied', 'content.exported'] };
    await world.control.faults(echo === 'arrives' ? { hang } : { hang, drop }, ana.identity);
    await ana.says('where is my parcel?');
    await ana.untilBotSaid(2);
    return ana;
  }

  const first = await startWorker();
  const people = await Promise.all(echoes.map(waitsForReply));
  await first.kill();
  // The channel's echo is lost too, but not that of a second reply.
  await world.control.advance('1s');
  for (const ana of people) await world.control.faults({}, ana.identity);
  await startWorker();
  return Promise.all(
    people.map(async (ana) => {
      await eventually(async () => (await ana.card().catch(() => undefined))?.outbox.length).toBe(
        0,
      );
      return (await ana.botSaid()).filter((body) => body === 'It arrives tomorrow.').length;
    }),
  );
}

const runs = {
  ours: once(() => repliesAfterKill(ours, ['is lost'])),
  blind: once(() => repliesAfterKill(blind, ['arrives', 'is lost'])),
};

function once<T>(play: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= play());
}

it.concurrent('after which the customer has one reply: it is looked for', async () => {
  expect(await runs.ours()).toEqual([1]);
});

it.concurrent('a worker that does not look has one too, where the echo arrives', async () => {
  const [whereEchoArrives] = await runs.blind();
  expect(whereEchoArrives).toBe(1);
});

it.concurrent('a worker that does not look has two where the echo is lost', async () => {
  const [, whereEchoIsLost] = await runs.blind();
  expect(whereEchoIsLost).toBe(2);
});
