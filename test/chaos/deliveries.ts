/**
 * Ten thousand deliveries while an ingress is killed every two seconds, and Temporal's server twice. The
 * sender repeats a delivery until it is answered 200, as the platform does; every event that was answered 200
 * must be in its thread's history. No worker runs: only the ingress is tested.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from '../../local/server.js';
import { contentImported, deliveryHeaders, deliveryOf } from '../harness/delivery.js';
import { openIngresses } from '../harness/stack.js';
import { openServer } from './stack.js';
import type { Acknowledged } from '../harness/outcome/acknowledged.js';
import { readLost } from '../harness/outcome/outcome.js';
import type { Cell, Slice, Context } from './slice.js';
import { openIngress, type Slot } from './slots.js';

const deliveries = 10_000;
const reportEvery = 15_000;
const threads = 500;
const atOnce = 16;
const killEvery = 2_000;
/** Milliseconds; on a busy machine the deliveries that are missing by then are reported as missed. */
const timeToDeliver = 500_000;
/** Milliseconds; the platform's own timeout. */
const answerWithin = 5_000;

export const storm: Slice = {
  name: 'deliveries',
  shows: '10,000 deliveries; an ingress killed every two seconds, Temporal’s server twice',
  within: 580_000,
  run: async (context) => {
    const cell = await playStorm(context, { script: 'api/main.ts', count: deliveries });
    return {
      cells: [cell],
      atLeast: { acknowledged: deliveries },
      notes: ['struck: SIGKILLs of ingresses and of the server; here a delivery is an event'],
    };
  },
};

export async function playStorm(
  context: Context,
  { script, count }: { readonly script: string; readonly count: number },
): Promise<Cell> {
  const server = await openServer(context);
  const at = { temporal: server.address, script };
  const open = () => openIngress(context, at);
  const { ingresses, webhookUrl } = await openIngresses(context, [open, open]);
  const acknowledged: Acknowledged[] = [];
  const done = new AbortController();
  context.atTheEnd(() => {
    done.abort();
    return Promise.resolve();
  });
  const striking = Promise.all([
    killInTurns(ingresses, done.signal),
    restartTwice(server, () => acknowledged.length / count, done.signal),
  ]);
  // Awaited later; an error until then is thrown there.
  striking.catch(() => undefined);
  const reporting = setInterval(
    () => context.say?.(`  ${acknowledged.length} of ${count} acknowledged`),
    reportEvery,
  );
  await deliverAll(webhookUrl, { count, acknowledged });
  clearInterval(reporting);
  done.abort();
  const kills = await striking;
  return {
    what: 'deliveries under SIGKILL',
    struck: kills.reduce((sum, times) => sum + times, 0),
    ...{ turns: 0, unanswered: 0, twice: 0, halfOpen: 0, ambiguous: 0 },
    acknowledged: acknowledged.length,
    lost: (await readLost(server.workflows, acknowledged)).length,
  };
}

/** Kills them in turn, every two seconds or once the last one runs again. @returns the number of kills */
async function killInTurns(slots: readonly Slot[], done: AbortSignal): Promise<number> {
  let times = 0;
  let starting: Promise<void> | undefined;
  for (; !done.aborted; times += 1) {
    await Promise.all([pause(killEvery), starting]);
    const slot = slots[times % slots.length];
    await slot?.program().kill();
    starting = slot?.start();
    // Awaited in the next turn; an error until then is thrown there.
    starting?.catch(() => undefined);
  }
  await starting;
  return times;
}

async function restartTwice(
  server: Server,
  progress: () => number,
  done: AbortSignal,
): Promise<number> {
  let times = 0;
  for (; times < 2; times += 1) {
    while (progress() < (times + 1) / 3 && !done.aborted) await pause(50);
    await server.restart();
  }
  return times;
}

async function deliverAll(
  url: string,
  { count, acknowledged }: { readonly count: number; readonly acknowledged: Acknowledged[] },
): Promise<void> {
  let next = 0;
  const until = performance.now() + timeToDeliver;
  const isTime = () => performance.now() < until;
  const sender = async () => {
    while (next < count && isTime()) {
      const number = (next += 1);
      const id = `event-${number}`;
      const thread = `storm-${number % threads}`;
      const event = { id, thread, type: 'content.imported', sentAt: Date.now() };
      let isDone = false;
      while (!isDone && isTime()) {
        isDone = await isAcknowledged(url, thread, number);
        if (!isDone) await pause(100);
      }
      if (isDone) acknowledged.push(event);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
}

async function isAcknowledged(url: string, threadId: string, number: number): Promise<boolean> {
  const event = contentImported({ id: `${number}`, threadId, customer: `customer-${threadId}` });
  const answer = await fetch(url, {
    method: 'POST',
    headers: deliveryHeaders(),
    body: JSON.stringify(deliveryOf([event], `delivery-${number}`)),
    signal: AbortSignal.timeout(answerWithin),
  }).catch(() => undefined);
  await answer?.arrayBuffer().catch(() => undefined);
  return answer?.status === 200;
}
