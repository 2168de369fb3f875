/** What customers and agents do: conversations, each of its own kind, some of them coming back after days. */
import type { Random } from '../host/random.js';
import type { Act } from './plan.js';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
const day = 24 * hour;

const words = [
  ...['hello', 'parcel', 'hours', 'where is it?', 'a human please', 'human', 'cancel', 'thanks'],
  ...['ok', 'pardon', 'bye', '🙂🙂🙂', 'x'.repeat(3_000)],
];

/** Longer than what a thread keeps of a text, which would end within a character. */
const tooLong = [`x${'🙂'.repeat(1_500)}`, `x${'🙂'.repeat(11_000)}`];

/** Short pauses most often, long ones now and then. */
export function pause(random: Random): number {
  const [least, most] = random.pick([
    [200, 2 * second],
    [2 * second, 30 * second],
    [2 * second, 30 * second],
    [30 * second, 5 * minute],
    [5 * minute, 40 * minute],
    [hour, 8 * hour],
    [day, 2 * day],
  ] as const);
  return random.integer(least, most);
}

export type Conversing = {
  readonly who: number;
  /** Milliseconds from the start. */
  readonly from: number;
  /** No act after it. */
  readonly until: number;
  readonly sources: readonly Source[];
};

type Source = NonNullable<Extract<Act, { readonly do: 'customer writes' }>['source']>;

/** One customer's conversation and the agents in it. */
export function converse(
  random: Random,
  { who, from, until, sources }: Conversing,
): readonly Act[] {
  const acts: Act[] = [];
  const source = random.pick(sources);
  const isHumanish = random.chance(0.6);
  const length = random.integer(1, 12);
  let at = from;
  acts.push(writes(random, at, who, source));
  for (let n = 0; n < length; n += 1) {
    at += pause(random);
    if (at > until) break;
    const isCustomer = random.chance(isHumanish ? 0.5 : 0.85);
    acts.push(isCustomer ? writes(random, at, who, source) : { at, who, ...agentAct(random) });
  }
  const rest = { who, from: at, until };
  return [
    ...acts,
    ...leave(random.fork(`end of ${who}`), rest, source),
    ...visit(random.fork(`visit to ${who}`), rest, source),
  ];
}

/** An agent takes the thread, answers and is done, all within minutes; some customers write again. */
function visit(
  random: Random,
  { who, from, until }: Omit<Conversing, 'sources'>,
  source: Source,
): readonly Act[] {
  const at = from + pause(random);
  if (at > until || !random.chance(0.3)) return [];
  const agent = random.pick([1, 2, 3] as const);
  const taken = at + random.integer(second, minute);
  const said = taken + random.integer(second, minute);
  const done = said + random.integer(500, minute);
  return [
    { ...writes(random, at, who, source), body: 'a human please' } as Act,
    { at: taken, who, do: 'agent takes', agent },
    { at: said, who, do: 'agent replies', agent },
    { at: done, who, do: 'agent closes', agent },
    ...(random.chance(0.5) ? [writes(random, done + pause(random), who, source)] : []),
  ];
}

/** An agent takes the thread right after the customer has written, and is never seen again. */
function leave(
  random: Random,
  { who, from, until }: Omit<Conversing, 'sources'>,
  source: Source,
): readonly Act[] {
  const at = from + pause(random);
  if (at > until || !random.chance(0.1)) return [];
  const word = writes(random, at, who, source);
  const agent = random.pick([1, 2, 3] as const);
  return [word, { at: at + random.integer(200, 4_000), who, do: 'agent takes', agent }];
}

function writes(random: Random, at: number, who: number, source: Source): Act {
  const own = random.fork(`words of ${who} at ${at}`);
  const body = own.chance(0.02) ? own.pick(tooLong) : random.pick(words);
  return { at, do: 'customer writes', who, body, source, hasAttachment: random.chance(0.05) };
}

type WithoutWho<T> = T extends { readonly who: number } ? Omit<T, 'who' | 'at'> : never;
type AgentDoes = WithoutWho<Extract<Act, { readonly agent: 1 | 2 | 3 }>>;

function agentAct(random: Random): AgentDoes {
  const agent = random.pick([1, 1, 1, 2, 3] as const);
  const usual = { do: 'agent replies', agent } as const;
  return random.pick<() => AgentDoes>([
    () => usual,
    () => usual,
    () => usual,
    () => ({ ...usual, isNative: random.chance(0.5), needsApproval: random.chance(0.3) }),
    () => ({ do: 'agent takes', agent }),
    () => ({ do: 'agent closes', agent }),
    () => ({ do: 'agent closes', agent }),
    () => ({ do: 'agent closes', agent }),
    () => ({ do: 'agent defers', agent }),
    () => ({ do: 'agent ignores', agent }),
    () => ({ do: 'agent approves', agent }),
    () => ({
      ...{ do: 'agent transfers', agent, to: random.pick([1, 2, 3] as const) },
      isAccepted: random.chance(0.7),
    }),
    () => ({
      do: 'agent recategorises',
      agent,
      to: random.pick(['bot', 'agent', 'billing'] as const),
    }),
  ])();
}
