/**
 * The matrix of faults and points: one slice for each fault. In each cell customers write three times: before
 * the fault, while it strikes a process that is at the point, and afterwards. During the fault half of the
 * echoes are dropped, so that a worker must search for the replies that it may have posted.
 */
import { LoadGenerator, type Turn } from './load-generator.js';
import { faults, type Fault } from './faults.js';
import { firstHeld } from '../harness/wires/gate.js';
import { openStack, type Stack } from './stack.js';
import { resultsOf } from './results.js';
import { points, type Point } from './points.js';
import { rateCell, type Cell, type Slice } from './slice.js';
import type { Slot } from './slots.js';

/** Customers of each cell; each has a thread. */
const loadSize = 24;
/** Number of held calls after which the fault strikes. */
const wanted = 6;
/** Longest time that a reply may take, in milliseconds. */
const longest = 90_000;
const echoes = ['content.replied', 'content.exported'];

export type CellOptions = {
  readonly size?: number;
  readonly seed?: number;
  /** Timeout of each reply, in milliseconds. */
  readonly waitLimit?: number;
  /** Called while calls are held at the point; resolves when the fault may strike. */
  readonly mayStrike?: (turns: readonly Turn[]) => Promise<unknown>;
};

export async function playCell(
  stack: Stack,
  point: Point,
  fault: Fault,
  { size = loadSize, seed = 1, waitLimit: timeout = longest, mayStrike }: CellOptions = {},
): Promise<Cell> {
  const what = `${fault.what}: ${point.name}`;
  const load = new LoadGenerator(stack, `${fault.name}-${seed}`, size);
  await load.isAnswered('parcel');

  await stack.platform.control.faults({ seed, drop: { rate: 0.5, on: echoes } });
  const says = () => load.says(point.says, timeout);
  const { struck, began, turns } = await withoutFaultsAfter(stack, () =>
    strike(stack, { point, fault, begin: says, mayStrike }),
  );
  const came = await allAnswered(turns);

  // The bot does not answer threads that humans have.
  if (point.says === 'parcel') await allAnswered(await load.says('parcel', timeout));
  const times = came.filter((time) => time !== undefined).map((time) => time - began);
  const after = times.filter((time) => time >= 0);
  return {
    ...{ what, struck },
    ...(await resultsOf(stack, load, timeout)),
    ...(after.length > 0 && { firstReply: Math.min(...after), lastReply: Math.max(...after) }),
  };
}

async function withoutFaultsAfter<T>(stack: Stack, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } finally {
    await stack.platform.control.faults({});
  }
}

type Strike = {
  readonly point: Point;
  readonly fault: Fault;
  readonly begin: () => Promise<readonly Turn[]>;
  readonly mayStrike: CellOptions['mayStrike'];
};

async function strike(stack: Stack, { point, fault, begin, mayStrike }: Strike) {
  const places = placesOf(stack, point);
  for (const { gate } of places) gate.shut(point.isThere);
  try {
    const turns = await begin();
    const { gate, slot, wire } = await firstHeld(places);
    for (const other of places) if (other.gate !== gate) other.gate.open('goes on');
    const struck = await gate.untilHeld(wanted);
    await mayStrike?.(turns);
    const began = performance.now();
    const { server } = stack;
    await fault.strike({ slot, wire, server, othersWentOn: allAnswered(turns) });
    return { struck, began, turns };
  } finally {
    for (const { gate } of places) gate.open('goes on');
  }
}

/**
 * Processes that can be struck at this point: the first ingress, because the balancer sends it its share, or
 * either worker, because Temporal decides which of them runs the threads.
 */
function placesOf({ workers, ingresses }: Stack, { at }: Point) {
  const slots: readonly Slot[] = at.role === 'worker' ? workers : ingresses.slice(0, 1);
  return slots.map((slot) => {
    const wire = slot.wires[at.wire];
    if (!wire) throw new Error('there is no such wire');
    return { slot, wire, gate: wire.gate };
  });
}

async function allAnswered(turns: readonly Turn[]): Promise<readonly (number | undefined)[]> {
  return Promise.all(turns.map(({ answered }) => answered));
}

/** Milliseconds; on a busy machine the remaining cells are reported as not run. */
const timeForCells = 480_000;

function sliceOf(fault: Fault): Slice {
  return {
    name: fault.name,
    shows: fault.shows,
    within: 580_000,
    run: async (context) => {
      const stack = await openStack(context);
      const cells: Cell[] = [];
      const troubles: string[] = [];
      const until = performance.now() + timeForCells;
      for (const point of points) {
        if (performance.now() > until) {
          troubles.push(`${point.name}: not played, there was no time left`);
          continue;
        }
        const seed = Math.floor(context.chance.next() * 1_000_000);
        await playCell(stack, point, fault, { seed }).then(
          (cell) => {
            cells.push(cell);
            context.say?.(`  ${cell.what}: ${rateCell(cell)}`);
          },
          (error: unknown) => {
            troubles.push(`${point.name}: ${String(error)}`);
            context.say?.(`  ${fault.what}: ${point.name}: ${String(error)}`);
          },
        );
      }
      return { cells, troubles, atLeast: { turns: 500 }, notes: [] };
    },
  };
}

export const matrix: readonly Slice[] = Object.values(faults).map(sliceOf);
