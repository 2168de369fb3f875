/** Runs one bench, or whatever else gives findings, for so long and no longer; ends what it opened, however it ended. */
import { cpus, loadavg } from 'node:os';
import type { Stage } from './bench.js';
import { seeded } from './seeded.js';

export type Job<F> = {
  readonly name: string;
  /** It is given up after this long, in milliseconds. */
  readonly within: number;
  readonly run: (stage: Stage) => Promise<F>;
};

/** As it ended: with findings, or with why there are none. */
export type Performed<F> = {
  readonly name: string;
  readonly seconds: number;
  /** How many wanted to run in the minute before it began, and in its last one. */
  readonly load: readonly [number, number];
  readonly findings?: F;
  readonly trouble?: string;
};

type Given = Pick<Stage, 'temporalProgram' | 'workflowBundle' | 'say'> & { readonly seed: number };

/** What was opened must end within this time; then it is left to the end of the process. */
const toClose = 20_000;
/** How many times longer a bench may take on a busy machine. */
const most = 4;

export async function perform<F>(
  { name, within, run }: Job<F>,
  { seed, ...given }: Given,
): Promise<Performed<F>> {
  const opened: (() => Promise<unknown>)[] = [];
  let isOver = false;
  const stage: Stage = {
    ...given,
    chance: seeded(seed),
    atTheEnd: (close) => {
      // Given up, but it does not know yet: what it opens now is not wanted any more.
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
  const outcome = await inTime(within * slowness(before), run(stage)).then(
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

/** Where others use the machine too, everything takes longer; but not for ever. */
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
