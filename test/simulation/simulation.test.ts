/**
 * Conversations in simulated worlds: seeds that nobody has played before, and plans that once showed a fault.
 * A seed that fails is shown again by `npm run simulate -- --seed N`.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { thisMachine } from '../bench/machine.js';
import { bundleSimulation, type Bundle } from './bundle.js';
import { readKept } from './kept.js';
import type { Plan } from './plan/plan.js';
import type { SeedResult } from './play-plan.js';
import { bundleRevision, compareRevisions } from './revisions.js';
import { runSeeds } from './run-seeds.js';

let bundle: Bundle;
beforeAll(async () => {
  bundle = await bundleSimulation('tested');
});

type Asked = { readonly first: number; readonly seeds?: number; readonly forMs?: number };

async function play(asked: Asked & { readonly plans?: readonly Plan[] }) {
  const results: SeedResult[] = [];
  await runSeeds({ ...asked, bundle, processes: 1, onResult: (one) => void results.push(one) });
  return results;
}

const without = (result: SeedResult) => JSON.stringify({ ...result, realMs: 0 });

it('a seed plays the same, byte by byte, in another process and after another seed', async () => {
  const [after, alone] = await Promise.all([
    play({ first: 1, seeds: 2 }),
    play({ first: 2, seeds: 1 }),
  ]);
  const [one, other] = [after[1], alone[0]];
  expect(one?.outcome.length).toBeGreaterThan(20);
  expect(without(one!)).toBe(without(other!));
  // Negative control: another seed plays otherwise.
  expect(one?.digest).not.toBe(after[0]?.digest);
});

describe('kept plans', () => {
  it('break nothing any more', async () => {
    const kept = readKept();
    const results = await play({ first: 0, plans: kept.map(({ plan }) => plan) });
    const broken = results.flatMap(({ violations }, index) =>
      violations.map(({ check, what }) => `${kept[index]?.name}: ${check}: ${what}`),
    );
    expect(broken).toEqual([]);
    expect(results).toHaveLength(kept.length);
  });

  it.each([
    [{ found: 'short', plan: {} }, /bad\.json: found: .*; plan\.seed: /],
    ['{', /bad\.json: /],
  ])('that are not well written are refused by file and field: %j', (content, message) => {
    mkdirSync('.baton/simulation', { recursive: true });
    const folder = mkdtempSync(join('.baton/simulation', 'kept-'));
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(folder, 'bad.json'), text);
    expect(() => readKept(folder)).toThrow(message);
  });
});

describe('other code on the same seeds', () => {
  it('is compared, and what differs is shown', async () => {
    const greeting = {
      ...{ file: 'test/simulation/world/business.ts', text: "greet: 'Welcome!'" },
      by: "greet: 'Good day!'",
    };
    const before = await bundleSimulation('greeting', [greeting]);
    const [difference] = await compareRevisions({ now: bundle, before, first: 2, seeds: 1 });
    expect(difference?.now).toMatch(/: Welcome!$/);
    expect(difference?.then).toMatch(/: Good day!$/);
  });

  it('is that of a revision in git', async () => {
    expect(await bundleRevision('HEAD')).toHaveProperty('seeds');
    const nothing = await bundleRevision('nonsense');
    expect('trouble' in nothing && nothing.trouble).toMatch(/^there is no revision nonsense: /);
  });
});

/** Milliseconds. */
const playedFor = 60_000;

/** Each commit has seeds of its own, so that another run of the same code never fails by chance. */
function seedsOfCommit(): number {
  const { commit = '' } = thisMachine();
  return Number.parseInt(commit.slice(0, 7), 16) || Math.floor(Date.now() / 1_000);
}

it('fresh seeds break nothing, for a minute', async () => {
  const first = seedsOfCommit();
  console.log(`simulated worlds: seeds from ${first}, for ${playedFor / 1_000} s`);
  const results = await play({ first, forMs: playedFor });
  const broken = results.flatMap(({ seed, violations }) =>
    violations.map(
      ({ check, what }) => `npm run simulate -- --seed ${seed} shows: ${check}: ${what}`,
    ),
  );
  expect(broken).toEqual([]);
  expect(results.length).toBeGreaterThan(0);
});
