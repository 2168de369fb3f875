/**
 * What it costs when a worker remembers almost nobody: three threads in memory, two hundred that write.
 * Nearly every task then begins by replaying its thread's history.
 *
 * Two Batons in this process, each with a Temporal server and a platform of its own: one with room for
 * three threads, one with room for all; the same customers on both, in turns. What was said must be the
 * same.
 */
import type { Bench, Findings, Context } from './bench.js';
import { behindHttp, serveBot } from './bench-bots.js';
import { benchBusiness } from './business.js';
import { openMeasuredStack, type MeasuredStack } from '../harness/measured-stack.js';
import { inTurns } from './rounds.js';
import { median, ratio } from './statistics.js';
import { eachOf, newWriter, type Writer } from './writers.js';

const threads = 200;
const small = 3;
const atOnce = 16;
const rounds = 2;

export const cache: Bench = {
  name: 'cache',
  measures: `${threads} threads, of which a worker remembers ${small}`,
  within: 200_000,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const url = await serveBot(context, ({ burst }) =>
    Promise.resolve({ replies: [{ body: `about ${burst.map(({ body }) => body).join(', ')}` }] }),
  );
  const business = benchBusiness({ bot: behindHttp(url) });
  const forgetful = await openMeasuredStack(context, business, { cachedThreads: small });
  const full = await openMeasuredStack(context, business);
  const sides = { a: await begin(forgetful), b: await begin(full) };
  const round = (writers: readonly Writer[]) => () => rateOf(writers);
  const { a, b } = await inTurns(rounds, { a: round(sides.a), b: round(sides.b) });
  const [said, expected] = [
    await readTranscripts(forgetful, sides.a),
    await readTranscripts(full, sides.b),
  ];
  const same = said.filter((one, at) => one === expected[at]).length;
  return {
    figures: [
      { what: `turns a second, ${small} remembered`, value: median(a), unit: 'turns/s' },
      { what: 'turns a second, all remembered', value: median(b), unit: 'turns/s' },
      {
        what: 'over a worker that remembers all',
        value: ratio(median(a), median(b)),
        unit: '×',
        goal: { is: 'atLeast', pass: 0.35, stretch: 0.5 },
        reason:
          'each of a turn’s five or six steps begins with a new workflow: all modules evaluated, the history read and replayed',
      },
      {
        what: `conversations of ${threads} that are the same`,
        value: same,
        unit: '',
        goal: { is: 'atLeast', pass: threads },
      },
    ],
    notes: [
      `${rounds} rounds of each side, in each of which everybody writes once, ${atOnce} at a time`,
    ],
  };
}

async function begin({ platform }: MeasuredStack): Promise<readonly Writer[]> {
  const writers: Writer[] = [];
  const all = Array.from({ length: threads }, (_, at) => at);
  await eachOf(all, atOnce, async (at) => {
    writers[at] = await newWriter(platform, `parcel number ${at}`);
  });
  return writers;
}

async function rateOf(writers: readonly Writer[]): Promise<number> {
  const began = performance.now();
  await eachOf(writers, atOnce, ({ says }) => says());
  return (writers.length * 1_000) / (performance.now() - began);
}

/** Who said what in each conversation, oldest first. */
async function readTranscripts(
  { platform }: MeasuredStack,
  writers: readonly Writer[],
): Promise<readonly string[]> {
  const all: string[] = [];
  await eachOf([...writers.entries()], atOnce, async ([at, { thread }]) => {
    const { contents } = await platform.control.record(thread);
    const lines = contents.map(({ by, body }) => `${by.split(':')[0] ?? ''}: ${body}`);
    all[at] = lines.join('\n');
  });
  return all;
}
