/**
 * Baton beside the way a chatbot is usually connected, on the same load in the same run: a web handler
 * that asks the bot and posts, and then answers 200; and one that answers 200 first.
 *
 * Measured with a bot that thinks for 300 ms: how long the platform waits for the answer to a delivery,
 * and the customer for the reply, in turns; then each is killed three times with SIGKILL right after the
 * platform took a reply whose answer is still on its way, while others write. The platform sends again
 * what was not answered 200; what customers were told is counted on its own record. Everybody writes
 * once, on a thread of their own, whether others were answered or not. Not measured: a network.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Figure, Findings, Context } from './bench.js';
import { serveBot } from './bench-bots.js';
import { until } from '../harness/until.js';
import { openBaton, openPlainHandler, type Rival } from './rivals.js';
import { inTurns } from './rounds.js';
import { median, percentile } from './statistics.js';

const thinking = 300;
/** Customers a second. */
const pace = 5;
const rounds = 4;
const inARound = 25;
const kills = 3;
const beforeAKill = 15;
const besideAKill = 5;
/** So long nothing must have happened, and this long must a kill be ago, before we count. */
const stillness = 8_000;
const sinceKill = 20_000;

export const sideBySide: Bench = {
  name: 'side-by-side',
  measures: `beside plain handlers, with a bot that thinks for ${thinking} ms`,
  within: 240_000,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const botUrl = await serveBot(context, async ({ burst }) => {
    await pause(thinking);
    return { replies: [{ body: `about ${burst.map(({ body }) => body).join(' and ')}` }] };
  });
  const baton = await openBaton(context, botUrl);
  const last = await openPlainHandler(context, botUrl, 'last');
  const first = await openPlainHandler(context, botUrl, 'first');
  const text = () => context.chance.text(60);
  const waits = await waitsOf({ a: baton, b: last }, text);
  // They do not touch each other, and only counts are taken.
  const counts = await Promise.all([baton, last, first].map((rival) => killed(rival, text)));
  return {
    figures: [
      ...waitFigures(baton, waits.a),
      ...waitFigures(last, waits.b),
      ...counts.flatMap(({ figures }) => figures),
    ],
    notes: [
      `${rounds * inARound} customers of each in the first part, ${counts[0]?.customers ?? 0} in the second`,
      `the platform’s delays before it sends again are divided by 32`,
    ],
  };
}

type Waits = { readonly ack: readonly number[]; readonly reply: readonly number[] };

async function waitsOf(
  sides: { readonly a: Rival; readonly b: Rival },
  text: () => string,
): Promise<{ readonly a: readonly Waits[]; readonly b: readonly Waits[] }> {
  const side = (rival: Rival) => {
    let ack: number[] = [];
    rival.platform.onDelivered(({ isCustomers, took }) => {
      if (isCustomers) ack.push(took);
    });
    return async (): Promise<Waits> => {
      ack = [];
      const said = await write(rival, inARound, text);
      await Promise.all(said.map(({ thread }) => rival.platform.untilPosted(thread, 1)));
      const reply = said.map(({ thread, at }) => (rival.platform.postedAt(thread)[0] ?? NaN) - at);
      return { ack, reply };
    };
  };
  const both = { a: side(sides.a), b: side(sides.b) };
  await inTurns(2, both);
  return inTurns(rounds, both);
}

type Said = { readonly thread: string; readonly at: number };
let customers = 0;

/** So many new customers, one after the other at the pace, answered or not. */
async function write({ platform }: Rival, count: number, text: () => string): Promise<Said[]> {
  const says = async (after: number): Promise<Said> => {
    await pause(after);
    const at = Date.now();
    const identity = `customer-${(customers += 1)}`;
    const { thread_id } = await platform.control.customer({
      source: 'chat',
      identity,
      body: text(),
    });
    return { thread: thread_id, at };
  };
  return Promise.all(Array.from({ length: count }, (_, at) => says((at * 1_000) / pace)));
}

async function killed(
  rival: Rival,
  text: () => string,
): Promise<{ readonly figures: readonly Figure[]; readonly customers: number }> {
  const said: Said[] = [];
  const { control } = rival.platform;
  const repliesOf = async (thread: string) => {
    const { contents } = await control.record(thread);
    return contents.filter(({ by }) => by.startsWith('bot:')).length;
  };
  for (let kill = 0; kill < kills; kill += 1) {
    const before = await write(rival, beforeAKill, text);
    await Promise.all(before.map(({ thread }) => rival.platform.untilPosted(thread, 1)));
    await control.faults({ hang: { on: 'POST /contents', times: 1 } });
    const victim = await write(rival, 1, text);
    const beside = write(rival, besideAKill, text);
    const isNotified = async () =>
      (await repliesOf(victim[0]?.thread ?? '')) > 0 ? true : undefined;
    await until('a reply whose answer hangs', isNotified, { every: 10 });
    await rival.kill();
    await control.faults({});
    await rival.begin();
    said.push(...before, ...victim, ...(await beside));
  }
  await untilStill(rival);
  const counts = await Promise.all(said.map(({ thread }) => repliesOf(thread)));
  const goal = rival.name === 'Baton' ? { goal: { pass: 0 } } : {};
  const lost = counts.filter((count) => count === 0).length;
  const repeated = counts.reduce((sum, count) => sum + Math.max(count - 1, 0), 0);
  const what = `${rival.name}, killed ${kills} times: `;
  const figures: readonly Figure[] = [
    { what: `${what}lost of ${said.length}`, value: lost, unit: 'messages', ...goal },
    { what: `${what}said again`, value: repeated, unit: 'messages', ...goal },
  ];
  return { figures, customers: said.length };
}

/** Neither calls nor deliveries for a while, and what the dead were doing has been given up. */
async function untilStill({ platform }: Rival): Promise<void> {
  const began = performance.now();
  let last = performance.now();
  const stirred = () => void (last = performance.now());
  platform.onAnswered(stirred);
  platform.onDelivered(stirred);
  const isStill = () =>
    performance.now() - last > stillness && performance.now() - began > sinceKill;
  const still = () => Promise.resolve(isStill() ? true : undefined);
  await until('quiet', still, { within: 90_000, every: 200 });
}

function waitFigures({ name }: Rival, rounds: readonly Waits[]): readonly Figure[] {
  const of = (what: 'ack' | 'reply') => rounds.flatMap((round) => round[what]);
  const [ack, reply] = [of('ack'), of('reply')];
  return [
    { what: `${name}: answer to a delivery, p50`, value: median(ack), unit: 'ms' },
    { what: `${name}: answer to a delivery, p99`, value: percentile(ack, 0.99), unit: 'ms' },
    { what: `${name}: reply to the customer, p50`, value: median(reply), unit: 'ms' },
    { what: `${name}: reply to the customer, p99`, value: percentile(reply, 0.99), unit: 'ms' },
  ];
}
