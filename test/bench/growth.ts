/**
 * What everything costs the more of it there is: the same figures with 10, 100, 1,000 and 10,000 open
 * threads, and with 10, 1,000 and 10,000 contents in one thread, and the power of n they grow like.
 *
 * Open threads are in humans' hands and idle; ten more write to the bot. A worker here holds a thousand threads in memory, as in production: with more, the rest
 * are Temporal's. The contents of the long thread come in deliveries of a hundred, each of which is a
 * turn. The plot of both is written to `.baton/bench/growth.svg`, and with `BATON_PICTURES=1` into the docs.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Bench, Figure, Findings, Context } from './bench.js';
import { behindHttp, serveBot } from './bench-bots.js';
import { benchBusiness } from './business.js';
import { growsLike, steepestOf, type Point } from './fit.js';
import { openMeasuredStack, type MeasuredStack } from '../harness/measured-stack.js';
import { fill } from './open-threads.js';
import { plot, type Series } from './plot.js';
import { costOfNow, type Costs } from './growth-costs.js';
import { longThread } from './long-thread.js';

const open = [10, 100, 1_000, 10_000];
const contents = [10, 1_000, 10_000];
const picture = '.baton/bench/growth.svg';

export const growth: Bench = {
  name: 'growth',
  measures: `up to ${open.at(-1)} open threads, and as many contents in one`,
  within: 480_000,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const reply = { body: 'It arrives tomorrow.' };
  const url = await serveBot(context, () => Promise.resolve({ replies: [reply] }));
  const business = benchBusiness({ bot: behindHttp(url) });
  const stack = await openMeasuredStack(context, business);
  const byThreads = await overThreads(context, stack);
  const own = await openMeasuredStack(context, business);
  const byContents = await overContents(own);
  const all = [
    ...seriesOf('open threads', byThreads),
    ...seriesOf('contents in a thread', byContents),
  ];
  const drawn = plot('What it costs the more there is', all.map(asSeries));
  mkdirSync('.baton/bench', { recursive: true });
  writeFileSync(picture, drawn);
  if (process.env['BATON_PICTURES'] === '1') writeFileSync('docs/pictures/growth.svg', drawn);
  return { figures: all.flatMap(figuresOf), notes: [`plotted in ${picture}`] };
}

type Measured = readonly (readonly [number, Costs])[];

async function overThreads(context: Context, stack: MeasuredStack): Promise<Measured> {
  const all: [number, Costs][] = [];
  let there = 0;
  for (const count of open) {
    await fill(stack, context.chance, there, count);
    there = count;
    all.push([count, await costOfNow(stack)]);
  }
  return all;
}

async function overContents(stack: MeasuredStack): Promise<Measured> {
  const all: [number, Costs][] = [];
  const thread = await longThread(stack);
  for (const count of contents) {
    await thread.growTo(count);
    all.push([count, await thread.costs()]);
  }
  return all;
}

type Grown = Omit<Series, 'says'> & { readonly exponent: number };

function seriesOf(over: string, measured: Measured): readonly Grown[] {
  const kinds = Object.keys(measured[0]?.[1] ?? {}) as (keyof Costs)[];
  return kinds.map((kind) => {
    const points: Point[] = measured.map(([x, costs]) => ({ x, y: costs[kind].value }));
    const { title, unit } = measured[0]?.[1][kind] ?? { title: kind, unit: '' as const };
    return { title, unit, over, points, exponent: steepestOf(points) };
  });
}

function asSeries({ exponent, ...series }: Grown): Series {
  return { ...series, says: `${growsLike(exponent)}: n^${exponent.toFixed(2)}` };
}

function figuresOf({ title, unit, over, points, exponent }: Grown): readonly Figure[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const [from, to] = [first.x, last.x].map((x) => x.toLocaleString('en'));
  return [
    { what: `${title}, ${from} ${over}`, value: first.y, unit: unit as Figure['unit'] },
    { what: `${title}, ${to} ${over}`, value: last.y, unit: unit as Figure['unit'] },
    ...(unit === 'bytes' ? [oneMore({ over, first, last })] : []),
    { what: `  where it grows most, like n^… ${growsLike(exponent)}`, value: exponent, unit: '' },
  ];
}

type Ends = { readonly over: string; readonly first: Point; readonly last: Point };

function oneMore({ over, first, last }: Ends): Figure {
  const value = (last.y - first.y) / (last.x - first.x);
  return { what: `  one more of the ${over}`, value, unit: 'bytes' };
}
