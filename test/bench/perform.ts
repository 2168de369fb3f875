/** Runs one bench, or another job with findings, within its timeout, and closes what it has opened. */
import { cpus, loadavg } from 'node:os';
import type { Context } from './bench.js';
import { seeded } from './seeded.js';

export type Job<F> = {
  readonly name: string;
  /** Timeout, in milliseconds. */
  readonly within: number;
  readonly run: (context: Context) => Promise<F>;
};

/** The result: findings, or the reason why there are none. */
export type Performed<F> = {
  readonly name: string;
  readonly seconds: number;
  /** Load average of the machine over the minute before the start, and over the last minute. */
  readonly load: readonly [number, number];
  readonly findings?: F;
  readonly trouble?: string;
};

type Given = Pick<Context, 'temporalProgram' | 'workflowBundle' | 'say'> & {
  readonly seed: number;
};

/** Milliseconds; what has not closed by then ends with this process. */
const toClose = 20_000;
/** Largest factor for timeouts on a busy machine. */
const most = 4;

export async function perform<F>(
  { name, within, run }: Job<F>,
  { seed, ...given }: Given,
): Promise<Performed<F>> {
  const opened: (() => Promise<unknown>)[] = [];
  let isOver = false;
  const context: Context = {
    ...given,
    chance: seeded(seed),
    atTheEnd: (close) => {
      // After a timeout the bench still runs: what it opens now is closed at once.
      if (isOver) void close().catch(() => undefined);
      else opened.unshift(close);
    },
  };
  const closeAll = async () => {
    isOver = true;
    for (const close of opened.splice(0)) await close().catch(() => undefined);
  };
  const interrupted = () => void closeAll().finally(() => process.exit(130));
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  const before = loadavg()[0] ?? NaN;
  const began = performance.now();
  const outcome = await inTime(within * slowness(before), run(context)).then(
    (findings) => ({ findings }),
    (error: unknown) => ({ trouble: error instanceof Error ? error.message : String(error) }),
  );
  const seconds = (performance.now() - began) / 1_000;
  const load = [before, loadavg()[0] ?? NaN] as const;
  await inTime(toClose, closeAll()).catch(() => undefined);
  process.removeListener('SIGINT', interrupted);
  process.removeListener('SIGTERM', interrupted);
  return { name, seconds, load, ...outcome };
}

/** Factor for timeouts, by the load of the machine. */
function slowness(load: number): number {
  return Math.min(Math.max(load / cpus().length, 1), most);
}

/** @throws when it takes longer */
async function inTime<T>(time: number, what: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`not done after ${Math.round(time / 1_000)} s, given up`)),
      time,
    );
  });
  try {
    return await Promise.race([what, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
