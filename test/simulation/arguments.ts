/** What `npm run simulate` is asked for. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import ms, { type StringValue } from 'ms';

export const usage =
  'npm run simulate [-- --seed N | --conversations N | --for 8h | --real N] [--first N] [--before REVISION]';

export type Wanted = {
  readonly seed?: number;
  readonly first: number;
  /** A revision in git that plays the same seeds. */
  readonly before?: string;
  /** So many seeds on a real Temporal server. */
  readonly real?: number;
  readonly share: { readonly seeds?: number; readonly forMs?: number };
};

const names = ['seed', 'first', 'conversations', 'for', 'real', 'before'] as const;
type Given = { readonly [name in (typeof names)[number]]?: string };

/** About as many as a seed plays. */
const conversationsOfASeed = 15;
const defaultOfComparison = 300;

/** `undefined` when the arguments are wrong. */
export function ask(): Wanted | undefined {
  const text = { type: 'string' } as const;
  const given = read(Object.fromEntries(names.map((name) => [name, text])));
  if (!given) return undefined;
  const whole = (number: string) => (/^\d{1,9}$/.test(number) ? Number(number) : Number.NaN);
  const first = given.first === undefined ? freshSeed() : whole(given.first);
  const seed = given.seed === undefined ? undefined : whole(given.seed);
  const conversations = given.conversations === undefined ? undefined : whole(given.conversations);
  const forMs = given.for === undefined ? undefined : ms(given.for as StringValue);
  const real = given.real === undefined ? undefined : whole(given.real);
  const numbers = [first, seed, conversations, forMs, real].filter((one) => one !== undefined);
  if (numbers.some((one) => !Number.isFinite(one))) return undefined;
  if (real !== undefined) return { real, first, share: {} };
  const before = given.before === undefined ? {} : { before: given.before };
  if (seed !== undefined) return { seed, first: seed, share: { seeds: 1 }, ...before };
  const seeds = Math.ceil((conversations ?? defaultOfComparison) / conversationsOfASeed);
  const isCounted = conversations !== undefined || given.before !== undefined;
  return { first, share: isCounted ? { seeds } : { forMs: forMs ?? 60_000 }, ...before };
}

function read(options: NonNullable<ParseArgsConfig['options']>): Given | undefined {
  try {
    return parseArgs({ options }).values;
  } catch {
    return undefined;
  }
}

/** Another run, other seeds. */
function freshSeed(): number {
  return Math.floor(Date.now() / 1_000) % 1_000_000_000;
}
