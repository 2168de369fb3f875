/**
 * Sends deliveries from a process of its own: at a fixed rate whether they are answered or not, or a few at the
 * same time, each after the answer to the one before. It reports the time, the latency and the status of each.
 */
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { rawDelivery, send } from './delivery.js';

export type ToFlood = { readonly url: string; readonly seconds: number } & (
  { readonly perSecond: number } | { readonly atOnce: number }
);
/** When it was sent, milliseconds since the flood began; how long it waited; its status, 0 without one. */
export type Sent = readonly [at: number, took: number, status: number];
export type FromFlood = { readonly sent: readonly Sent[] };

/** Enough that no run gets more signals than Temporal accepts. */
const threads = 500;
const impatience = 5_000;
/** Kept connections, as of a proxy: opening them is not measured. */
const connections = 512;
const warmUp = 4_000;
const tick = 5;
const text = 'where is my parcel? '.repeat(6);
let number = 0;

process.on('message', (order: ToFlood) => void flood(order));
process.once('disconnect', () => process.exit());

async function flood(order: ToFlood): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const sent: Sent[] = [];
  let began = performance.now();
  const one = async () => {
    number += 1;
    const id = `${process.pid}-${number}`;
    const body = JSON.stringify(rawDelivery(id, text, `flood-${number % threads}`));
    const at = performance.now();
    const status = await send(order.url, agent, body, impatience).catch(() => 0);
    sent.push([at - began, performance.now() - at, status]);
  };
  if ('perSecond' in order) {
    await closely(connections, began + warmUp, one);
    sent.length = 0;
    began = performance.now();
  }
  const end = began + order.seconds * 1_000;
  if ('atOnce' in order) await closely(order.atOnce, end, one);
  else await openly(order.perSecond, end, one);
  agent.destroy();
  process.send?.({ sent } satisfies FromFlood);
}

async function closely(atOnce: number, end: number, one: () => Promise<void>): Promise<void> {
  const again = async () => {
    while (performance.now() < end) await one();
  };
  await Promise.all(Array.from({ length: atOnce }, again));
}

/** Deliveries that a late tick missed are sent with the next. */
async function openly(perSecond: number, end: number, one: () => Promise<void>): Promise<void> {
  const all: Promise<void>[] = [];
  const began = performance.now();
  for (let now = began; now < end; now = performance.now()) {
    while (all.length < ((now - began) / 1_000) * perSecond) all.push(one());
    await pause(tick);
  }
  await Promise.all(all);
}
