/**
 * Ten thousand deliveries while ingresses are killed two seconds after each of their starts, and Temporal's
 * server twice. Whoever delivers does as the platform does: anything but 200, and it is sent again. What was
 * answered 200 must be in its thread's history. No worker runs: what is proved is the way in.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from '../scenario/server.js';
import { secrets } from '../scenario/whole-baton.js';
import { categories, domainId, sources } from '../simulator/seed.js';
import { startHttpWire } from './http-wire.js';
import { openServer } from './house.js';
import { lostOf, type Acknowledged } from './acknowledged.js';
import type { Cell, Slice, Stage } from './slice.js';
import { openIngress, type Slot } from './slots.js';

const deliveries = 10_000;
/** Enough for the naive to be caught. */
const deliveriesOfSaboteur = 1_000;
const threads = 500;
const atOnce = 16;
const livesFor = 2_000;
/** As the platform: without an answer in this time, there is none. */
const answerWithin = 5_000;

export const storm: Slice = {
  name: 'deliveries',
  shows: '10,000 deliveries; ingresses killed every two seconds, Temporal’s server twice',
  within: 580_000,
  run: async (stage) => {
    const ours = await play(stage, { script: 'api/main.ts', count: deliveries });
    const naive = await play(stage, {
      ...{ script: 'chaos/saboteurs/ack-first.ts', count: deliveriesOfSaboteur },
    });
    const who = `an ingress that acknowledges first: ${naive.what}`;
    return {
      cells: [ours, { ...naive, what: who, saboteur: 'lost' }],
      atLeast: { acknowledged: deliveries },
      notes: ['struck: SIGKILLs of ingresses and of the server; a delivery is an event here'],
    };
  },
};

async function play(
  stage: Stage,
  { script, count }: { readonly script: string; readonly count: number },
): Promise<Cell> {
  const server = await openServer(stage);
  const at = { temporal: server.address, script };
  const ingresses = [await openIngress(stage, at), await openIngress(stage, at)];
  const balancer = await startHttpWire(ingresses.map(({ address }) => address));
  stage.atTheEnd(() => balancer.close());
  const acknowledged: Acknowledged[] = [];
  const done = new AbortController();
  stage.atTheEnd(() => {
    done.abort();
    return Promise.resolve();
  });
  const killing = ingresses.map((one, number) => killAgainAndAgain(one, number, done.signal));
  const restarting = restartTwice(server, () => acknowledged.length / count, done.signal);
  await deliverAll(`http://${balancer.address}/webhooks/engage`, { count, acknowledged });
  done.abort();
  const kills = await Promise.all([...killing, restarting]);
  return {
    what: 'deliveries under SIGKILL',
    struck: kills.reduce((sum, times) => sum + times, 0),
    ...{ turns: 0, unanswered: 0, twice: 0, halfOpen: 0, ambiguous: 0 },
    acknowledged: acknowledged.length,
    lost: (await lostOf(server.workflows, acknowledged)).length,
  };
}

/** @returns how often */
async function killAgainAndAgain(slot: Slot, number: number, done: AbortSignal): Promise<number> {
  // In turns, so that somebody is mostly there.
  await pause((number * livesFor) / 2);
  let times = 0;
  for (; !done.aborted; times += 1) {
    await pause(livesFor);
    await slot.process().kill();
    await slot.start();
  }
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
  const sender = async () => {
    while (next < count) {
      const number = (next += 1);
      const id = `event-${number}`;
      const thread = `storm-${number % threads}`;
      const event = { id, thread, type: 'content.imported', sentAt: Date.now() };
      while (!(await isAcknowledged(url, event, number))) await pause(100);
      acknowledged.push(event);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
}

async function isAcknowledged(
  url: string,
  { id, type, thread }: Acknowledged,
  number: number,
): Promise<boolean> {
  const metadata = {
    ...{ thread_id: thread, source_id: sources.chat, author_id: `customer-${thread}` },
    ...{ body: 'where is my parcel?', category_ids: [categories.bot] },
    ...{ private: true, has_attachment: false, status: 'new' },
  };
  const event = {
    ...{ type, id, issued_at: new Date().toISOString() },
    resource: { type: 'content', id: `content-${number}`, metadata },
  };
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-dimelo-secret': secrets.BATON_WEBHOOK_SECRET,
    },
    body: JSON.stringify({ id: `delivery-${number}`, domain_id: domainId, events: [event] }),
    signal: AbortSignal.timeout(answerWithin),
  }).catch(() => undefined);
  await answer?.arrayBuffer().catch(() => undefined);
  return answer?.status === 200;
}
