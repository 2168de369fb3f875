/** What a reader of `npm run bench` sees, and what becomes of a bench that goes wrong. */
import { describe, expect, it } from 'vitest';
import { rateFigure, type Bench } from './bench.js';
import { perform } from './perform.js';
import { seeded } from './seeded.js';
import { shown, formatBench, formatMachine } from './table.js';
import { eventually } from '../harness/eventually.js';

const given = { temporalProgram: '', workflowBundle: { codePath: '' }, seed: 1 };
const quick = { name: 'quick', measures: 'nothing', within: 5_000 };

describe('a goal', () => {
  it('is reached, reached with ease, or missed', () => {
    const goal = { pass: 1.25, stretch: 1.1 };
    const outcomes = [1.1, 1.2, 1.25, 1.26, NaN].map((value) => rateFigure({ value, goal }));
    expect(outcomes).toEqual(['stretch', 'pass', 'pass', 'missed', 'missed']);
  });

  it('may be a floor', () => {
    const goal = { is: 'atLeast', pass: 0.8, stretch: 0.9 } as const;
    const outcomes = [0.95, 0.9, 0.8, 0.79, NaN].map((value) => rateFigure({ value, goal }));
    expect(outcomes).toEqual(['stretch', 'stretch', 'pass', 'missed', 'missed']);
  });

  it('that is not there is not judged', () => {
    expect(rateFigure({ value: 1 })).toBeUndefined();
  });
});

describe('the table', () => {
  it('names the machine and the seed', () => {
    const machine = { cores: 2, processor: 'P', memoryBytes: 2 ** 32, node: 'v20', platform: 'x' };
    expect(formatMachine({ ...machine, load: 0.5 }, 7)).toBe(
      '2 cores (P) · 4.0 GiB · Node v20 · x · load 0.5 at the start · seed 7',
    );
  });

  it('has a line a figure, with its goal and what came of it', () => {
    const figures = [
      { what: 'wait', value: 1.234, unit: 'ms' },
      { what: 'over bare', value: 1.3, unit: '×', goal: { pass: 1.25, stretch: 1.1 } },
    ] as const;
    const findings = { figures, notes: ['a note'] };
    expect(formatBench({ ...quick, seconds: 2, load: [0.5, 1.25], findings })).toEqual([
      'quick: nothing (2 s, load 0.5 → 1.3)',
      '  wait       1.23 ms',
      '  over bare     1.3×  ≤ 1.25× (1.1×)  missed',
      '  a note',
    ]);
  });

  it('says why a goal is missed, and nothing of it where it is not', () => {
    const goal = { is: 'atLeast', pass: 0.8 } as const;
    const of = (value: number) =>
      ({ what: 'used', unit: '×', goal, reason: 'too slow', value }) as const;
    const format = (value: number) =>
      formatBench({
        ...quick,
        seconds: 1,
        load: [1, 1],
        findings: { figures: [of(value)], notes: [] },
      });
    expect(format(0.7).slice(1)).toEqual([
      '  used  0.7×  ≥ 0.8×  missed',
      '  missed, used: too slow',
    ]);
    expect(format(0.9).slice(1)).toEqual(['  used  0.9×  ≥ 0.8×  pass']);
  });

  it('shows no more digits than mean something', () => {
    const some = [0.00662, 12.345, 1_173.4, 770_127].map((value) => shown(value, 'ms'));
    expect(some).toEqual(['0.00662 ms', '12.3 ms', '1,173 ms', '770,127 ms']);
  });
});

describe('a bench', () => {
  const none = { figures: [], notes: [] };
  const benchOf = (run: Bench['run'], within = quick.within): Bench => ({ ...quick, run, within });

  it('ends what it opened, newest first, also when it fails', async () => {
    const closed: string[] = [];
    const bench = benchOf((context) => {
      for (const name of ['server', 'worker']) {
        context.atTheEnd(() => Promise.resolve(closed.push(name)));
      }
      return Promise.reject(new Error('no luck'));
    });
    const ended = await perform(bench, given);
    expect(ended.trouble).toBe('no luck');
    expect(closed).toEqual(['worker', 'server']);
  });

  it('is given up in time, and what it opens after that is ended at once', async () => {
    const release: (() => void)[] = [];
    const closed: string[] = [];
    const bench = benchOf(async (context) => {
      await new Promise<void>((resolve) => release.push(resolve));
      context.atTheEnd(() => Promise.resolve(closed.push('late')));
      return none;
    }, 20);
    const ended = await perform(bench, given);
    expect(ended.trouble).toContain('given up');
    release[0]?.();
    await eventually(() => closed).toEqual(['late']);
  });

  it('has the same chance with the same seed', () => {
    expect(seeded(3).text(40)).toBe(seeded(3).text(40));
    expect(seeded(3).text(40)).not.toBe(seeded(4).text(40));
  });
});
