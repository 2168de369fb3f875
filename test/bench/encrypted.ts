/**
 * What encryption payloads costs: two equal stacks, except that one encrypts what it hands to Temporal, with its keys
 * in a folder. Many customers at once, each writing again when they are answered; in turns, so that the
 * machine's moods fall on both.
 *
 * Measured: the time a turn takes of the whole, beside the same unencrypted, on the wall and in this process's
 * CPU. A first round of each, in which keys are made, does not count; a thread's first turn does, with the
 * key made for it.
 */
import type { Bench, Figure, Findings, Context } from './bench.js';
import { benchBusiness } from './business.js';
import { costOf } from './cost.js';
import { createEncryptedPlace } from '../harness/encrypted.js';
import {
  openMeasuredStack,
  type MeasuredStack,
  type MeasuredStackOptions,
} from '../harness/measured-stack.js';
import { inTurns } from './rounds.js';
import { median } from './statistics.js';

const rounds = 6;
/** Milliseconds; production's. */
const keyLife = 10_000;
const customersAtOnce = 8;
const turns = 4;

const reason =
  'encryption is some 3 % of a turn’s CPU; the rest of the wait is not taken apart, and as much as two runs differ';

export const encrypted: Bench = {
  name: 'encrypted',
  measures: 'turns whose payloads are encrypted, beside the same in the clear',
  within: 240_000,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const business = benchBusiness();
  const encrypted = await openMeasuredStack(context, business, {
    encrypted: await furnish(context),
  });
  const plain = await openMeasuredStack(context, business);
  const sides = { a: () => play(encrypted), b: () => play(plain) };
  await inTurns(2, sides);
  const { a, b } = await inTurns(rounds, sides, context.chance.next() < 0.5 ? 'a' : 'b');
  const of = (side: readonly Turn[], what: keyof Turn) => median(side.map((one) => one[what]));
  const times = (what: keyof Turn) => of(a, what) / of(b, what);
  const figures: Figure[] = [
    { what: 'a turn in the clear, wall', value: of(b, 'wall'), unit: 'ms' },
    { what: 'a turn encrypted, wall', value: of(a, 'wall'), unit: 'ms' },
    // Turns a second: 0.95 of those in the clear.
    {
      what: 'encrypted over clear, wall',
      value: times('wall'),
      unit: '×',
      goal: { pass: 1 / 0.95 },
      reason,
    },
    { what: 'a turn in the clear, CPU', value: of(b, 'cpu'), unit: 'ms' },
    { what: 'encrypted over clear, CPU', value: times('cpu'), unit: '×' },
  ];
  const notes = [`${customersAtOnce} customers at once, ${turns} turns each, ${rounds} rounds`];
  return { figures, notes };
}

/** Keys in a folder of the bench's own, and the bundle that encrypts what failures say. */
async function furnish(context: Context): Promise<NonNullable<MeasuredStackOptions['encrypted']>> {
  const { encryption, bundle, remove } = await createEncryptedPlace(keyLife);
  context.atTheEnd(() => {
    remove();
    return Promise.resolve();
  });
  return { encryption, workflowBundle: { codePath: await bundle() } };
}

/** Milliseconds of the whole, by turn. */
type Turn = { readonly wall: number; readonly cpu: number };

let customers = 0;

async function play({ platform }: MeasuredStack): Promise<Turn> {
  const talk = async () => {
    const identity = `customer-${(customers += 1)}`;
    const says = () => platform.control.customer({ source: 'chat', identity, body: 'my parcel?' });
    const { thread_id: thread } = await says();
    // The first answer is a greeting and a reply.
    await platform.untilPosted(thread, 2);
    for (let turn = 2; turn <= turns; turn += 1) {
      await says();
      await platform.untilPosted(thread, 1 + turn);
    }
  };
  const { wall, cpu } = await costOf(() =>
    Promise.all(Array.from({ length: customersAtOnce }, talk)),
  );
  const count = customersAtOnce * turns;
  return { wall: wall / count, cpu: cpu / count };
}
