/**
 * Ten thousand calls that nobody should make, and what valid deliveries notice of them.
 *
 * Counted: answers of 5xx, calls without an answer, answers that show code, and whether Baton lives on.
 * Measured: how long a valid delivery waits for its 200 beside a spoilt call, over the same beside another
 * valid one, in turns, at equal concurrency. The platform, the ingress and workers are one process of
 * their own, Temporal another.
 */
import { Agent } from 'node:http';
import * as fc from 'fast-check';
import type { Bench, Figure, Findings, Context } from '../../bench/bench.js';
import { send } from '../../bench/delivery.js';
import { openChild } from '../../harness/child.js';
import { deliveryOf } from '../../harness/delivery.js';
import { inTurns } from '../../bench/rounds.js';
import { median, ratio } from '../../bench/statistics.js';
import { openServer } from '../../harness/temporal-server.js';
import { secrets } from '../../../local/baton.js';
import { sources } from '../../../simulator/seed.js';
import { anyCall, type Known } from './any-call.js';
import type { FromStack, ToStack } from './stack-process.js';
import { exchangeAgain, type RawCall } from './raw-call.js';
import { newTally, type Tally } from './tally.js';

const calls = 10_000;
/** Of them beside a valid delivery that is timed. */
const timed = 1_000;
const rounds = 40;
const atOnce = 8;
const batch = 250;

export const known: Known = {
  webhookSecret: secrets.BATON_WEBHOOK_SECRET,
  operatorToken: secrets.BATON_OPERATOR_TOKEN,
  sourceId: sources.chat,
};

export const fuzz: Bench = {
  name: 'fuzz',
  measures: `${calls} calls that nobody should make, and valid deliveries meanwhile`,
  within: 900_000,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const { address } = await openServer(context);
  const file = 'test/security/attack/stack-process.ts';
  const stack = openChild<ToStack, FromStack>(context, { file });
  const { webhookUrl } = await stack.ask({ address, codePath: context.workflowBundle.codePath });
  const agent = new Agent({ keepAlive: true });
  context.atTheEnd(() => {
    agent.destroy();
    return Promise.resolve();
  });
  const port = Number(new URL(webhookUrl).port);
  const tally = newTally();
  const given = spoiltCalls(Math.floor(context.chance.next() * 2 ** 31));
  const spoil = async () => {
    const call = given.next().value;
    tally.count(call, await exchangeAgain(port, call));
  };
  const valid = () => deliver(webhookUrl, agent, tally);
  const side = (beside: () => Promise<unknown>) => () => timesBeside(valid, beside);
  await inTurns(2, { a: side(valid), b: side(valid) });
  const { a, b } = await inTurns(rounds, { a: side(spoil), b: side(valid) });
  while (tally.total < calls) await Promise.all(Array.from({ length: atOnce }, spoil));
  const lives = await fetch(new URL('/healthz', webhookUrl)).then(
    ({ ok }) => ok,
    () => false,
  );
  const p50 = { spoilt: median(a.flat()), valid: median(b.flat()) };
  return { figures: figuresOf(tally, p50, lives), notes: tally.notes() };
}

/** The same seed, the same calls; made in batches, because some are large. */
function* spoiltCalls(seed: number): Generator<RawCall, never> {
  for (let number = 0; ; number += 1) {
    yield* fc.sample(anyCall(known), { numRuns: batch, seed: seed + number });
  }
}

async function timesBeside(
  valid: () => Promise<unknown>,
  beside: () => Promise<unknown>,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let at = 0; at < timed / rounds; at += 1) {
    const other = beside();
    const began = performance.now();
    await valid();
    times.push(performance.now() - began);
    await other;
  }
  return times;
}

let deliveries = 0;

/** Until it is taken: what Temporal did not answer in time is sent again. */
async function deliver(url: string, agent: Agent, tally: Tally): Promise<void> {
  deliveries += 1;
  const body = validBody();
  while ((await post(url, agent, body)) !== 200) tally.sentAgain += 1;
}

function validBody(): string {
  const id = `valid-${deliveries}`;
  const metadata = { thread_id: `valid-${deliveries % 50}`, source_id: sources.chat };
  const event = {
    ...{ type: 'intervention.opened', id, issued_at: new Date().toISOString() },
    resource: { type: 'intervention', id: `i-${deliveries}`, metadata },
  };
  return JSON.stringify(deliveryOf([event], id));
}

async function post(url: string, agent: Agent, body: string): Promise<number> {
  const status = await send(url, agent, body);
  if (status === 200 || status === 503) return status;
  throw new Error(`a valid delivery was answered with ${status}`);
}

function figuresOf(
  tally: Tally,
  p50: { readonly spoilt: number; readonly valid: number },
  lives: boolean,
): readonly Figure[] {
  const none = { pass: 0 };
  return [
    { what: 'calls', value: tally.total, unit: 'calls' },
    { what: 'answered with 5xx', value: tally.failed.length, unit: 'calls', goal: none },
    { what: 'not answered in 10 s', value: tally.silent.length, unit: 'calls', goal: none },
    {
      what: 'answered with a piece of code',
      value: tally.telling.length,
      unit: 'calls',
      goal: none,
    },
    { what: 'after which it lives no more', value: lives ? 0 : 1, unit: 'calls', goal: none },
    { what: 'valid deliveries sent again', value: tally.sentAgain, unit: 'calls' },
    { what: 'p50 of a valid delivery beside them', value: p50.spoilt, unit: 'ms' },
    {
      what: 'the same over one beside valid ones',
      value: ratio(p50.spoilt, p50.valid),
      unit: '×',
      goal: { pass: 1.3 },
    },
  ];
}
