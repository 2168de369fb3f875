/**
 * What three power cuts cost a run: conversations of many customers with a Baton of one process that is
 * killed with SIGKILL at a quarter, half and three quarters of all turns and begun again at once, beside
 * the same conversations, at the same time, with one that is left alone.
 *
 * Customers take two seconds to write again when they are answered. Beginning again means compiling all
 * of Baton from TypeScript, on cores that both share; what was under way waits for its timeout.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Findings, Context } from './bench.js';
import { serveBot } from './bench-bots.js';
import { openBaton, type Rival } from './rivals.js';
import { ratio } from './statistics.js';
import { newWriter, type Writer } from './writers.js';

const customers = 12;
const turns = 30;
const writing = 2_000;
const killedAt = [0.25, 0.5, 0.75];

export const kills: Bench = {
  name: 'kills',
  measures: `a run with ${killedAt.length} SIGKILLs beside the same without`,
  within: 240_000,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const url = await serveBot(context, () => Promise.resolve({ replies: [{ body: 'Noted.' }] }));
  const [spared, killed] = [await openBaton(context, url), await openBaton(context, url)];
  const [calm, troubled] = await Promise.all([run(spared), run(killed, killedAt)]);
  const longest = Math.max(...troubled.waits);
  return {
    figures: [
      { what: 'the run without', value: calm.took / 1_000, unit: 's' },
      { what: `the run with ${killedAt.length} kills`, value: troubled.took / 1_000, unit: 's' },
      {
        ...{ what: 'over the run without', value: ratio(troubled.took, calm.took), unit: '×' },
        goal: { pass: 1.3, stretch: 1.15 },
        reason:
          'everybody waits until the one process is up again, compiled anew; and what was under way for its timeout, 7 s for a call here',
      },
      { what: 'of it, until the process was up again', value: troubled.down / 1_000, unit: 's' },
      { what: 'longest wait for a reply, without', value: Math.max(...calm.waits), unit: 'ms' },
      { what: 'longest wait for a reply, with', value: longest, unit: 'ms' },
      {
        what: `replies that are not one a content, of ${customers * (turns + 1)}`,
        value: Math.abs(troubled.replies - customers * (turns + 1)),
        ...{ unit: 'messages', goal: { pass: 0 } },
      },
    ],
    notes: [],
  };
}

type Run = {
  readonly took: number;
  /** While the process was being begun again, all kills together. */
  readonly down: number;
  readonly waits: readonly number[];
  /** That customers have in the end. */
  readonly replies: number;
};

async function run(rival: Rival, killedAt: readonly number[] = []): Promise<Run> {
  const begun = Array.from({ length: customers }, () => newWriter(rival.platform));
  const writers = await Promise.all(begun);
  const waits: number[] = [];
  let down = 0;
  const left = killedAt.map((share) => share * customers * turns);
  const began = performance.now();
  const talk = async ({ says }: Writer) => {
    for (let turn = 0; turn < turns; turn += 1) {
      await pause(writing);
      const asked = performance.now();
      const answered = says();
      if (waits.length >= (left[0] ?? Infinity)) {
        left.shift();
        await rival.kill();
        const killed = performance.now();
        await rival.begin();
        down += performance.now() - killed;
      }
      await answered;
      waits.push(performance.now() - asked);
    }
  };
  await Promise.all(writers.map(talk));
  const took = performance.now() - began;
  // What is said again would be said within this time.
  await pause(10_000);
  return { took, down, waits, replies: await repliesOf(rival, writers) };
}

async function repliesOf({ platform }: Rival, writers: readonly Writer[]): Promise<number> {
  const records = await Promise.all(writers.map(({ thread }) => platform.control.record(thread)));
  const said = records.flatMap(({ contents }) =>
    contents.filter(({ by }) => by.startsWith('bot:')),
  );
  return said.length;
}
