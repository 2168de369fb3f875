/** What the console makes of counters that only rise, and of phases that take their time. */
import { describe, expect, it } from 'vitest';
import { computeFigures, type Figure } from '../../../api/console/page/overview/figures.js';
import { rise, computeSteps, total, type Look } from '../../../api/console/page/overview/series.js';
import { written } from '../../../api/console/page/overview/unit.js';
import { computeBand } from '../../../api/console/page/thread/band.js';
import type { Overview, PhaseEntry, Totals } from '../../../api/operator/answers.js';

const start = Date.parse('2026-01-12T08:00:00.000Z');
const iso = (seconds: number) => new Date(start + seconds * 1_000).toISOString();

const nothing: Totals = {
  ...{ turns: 0, replies: 0, ended: 0, contained: 0, crossedReplies: 0, duplicates: 0 },
  ...{ handovers: {}, phaseSeconds: {}, waited: { count: 0, sum: 0 } },
  budget: { used: 0, allowed: 500 },
};
const threads = { bot: 1, handover: 2, agent: 3, attention: 0 };
const look = (seconds: number, totals: Partial<Totals> | null): Look => ({
  ...{ at: iso(seconds), threads },
  totals: totals && { ...nothing, ...totals },
});
const crossedReplies = ({ crossedReplies: count }: Totals) => count;
const grain = { steps: 3, shortest: 10_000 };

describe('steps between looks', () => {
  it.each<[string, readonly Look[], readonly (number | null)[]]>([
    ['no look', [], []],
    ['one look', [look(0, { crossedReplies: 5 })], []],
    [
      'a counter’s start is nothing that happened',
      [look(0, { crossedReplies: 5 }), look(10, { crossedReplies: 5 })],
      [0],
    ],
    [
      'what it rose',
      [look(0, {}), look(10, { crossedReplies: 1 }), look(20, { crossedReplies: 4 })],
      [1, 3],
    ],
    [
      'a worker that began anew is a gap',
      [
        look(0, { crossedReplies: 9 }),
        look(10, { crossedReplies: 2 }),
        look(20, { crossedReplies: 3 }),
      ],
      [null, 1],
    ],
    [
      'a look without workers is passed over',
      [look(0, {}), look(10, null), look(20, { crossedReplies: 2 })],
      [2],
    ],
    [
      'workers that come after the ingress have counted from nothing',
      [look(0, null), look(10, null), look(20, { crossedReplies: 2 })],
      [2],
    ],
    [
      'a last step that is not full waits',
      [look(0, {}), look(10, {}), look(15, { crossedReplies: 1 })],
      [0],
    ],
  ])('%s', (_, looks, rises) => {
    expect(computeSteps(looks, grain).map((step) => rise(step, crossedReplies))).toEqual(rises);
  });

  it('are as many as can be read, and lose nothing', () => {
    const looks = Array.from({ length: 721 }, (_, i) => look(i * 10, { crossedReplies: i }));
    const steps = computeSteps(looks);
    expect(steps).toHaveLength(60);
    expect(total(steps, crossedReplies)).toBe(720);
  });
});

describe('the overview', () => {
  const series = [
    look(0, { ended: 10, contained: 10, handovers: { botFailed: 1 } }),
    look(60, {
      ...{ ended: 14, contained: 13, crossedReplies: 1 },
      handovers: { botFailed: 2, customerAsked: 3 },
      phaseSeconds: { bot: { count: 2, sum: 90 } },
      waited: { count: 2, sum: 60 },
    }),
  ];
  const of = (overview: Partial<Overview>) =>
    computeFigures({ at: iso(60), threads, now: series[1]?.totals ?? null, series, ...overview });
  const headlines = (figures: readonly Figure[]) =>
    figures.map(({ title, headline }) => [title, headline]);

  it('displays differences, not the totals of the workers', () => {
    expect(headlines(of({}))).toEqual([
      ['Containment', '75 %'],
      ['Waiting for an agent', '2'],
      ['Reasons of handovers', '4'],
      ['Time in phase, on average', '45 s'],
      ['Crossed replies', '1'],
      ['Duplicates suppressed', '0'],
      ['Requests to the platform', '0 of 500'],
    ]);
    const reasons = of({}).find(({ title }) => title.startsWith('Reasons'));
    expect(reasons).toMatchObject({
      bars: [
        { name: 'the customer asked for an agent', value: 3 },
        { name: 'the bot failed', value: 1 },
      ],
    });
  });

  it('does not display a missing figure as zero', () => {
    const away = [look(0, null), look(10, null)];
    const known = headlines(of({ now: null, series: away })).filter(
      ([, headline]) => headline !== '–',
    );
    expect(known).toEqual([
      ['Waiting for an agent', '2'],
      ['Reasons of handovers', '0'],
    ]);
  });

  it.each([
    [null, 'count', '–'],
    [2.04, 'count', '2'],
    [66.6, 'percent', '67 %'],
    [90, 'seconds', '1 min 30 s'],
  ] as const)('writes %s (%s) as %s', (value, unit, words) => {
    expect(written(value, unit)).toBe(words);
  });
});

describe('the band of phases', () => {
  const phaseEntry = (phase: PhaseEntry['phase'], from: number, to: number | null): PhaseEntry => ({
    ...{ phase, from: iso(from), to: to === null ? null : iso(to), why: '' },
  });
  const widths = (phases: readonly PhaseEntry[], now: number) =>
    computeBand(phases, start + now * 1_000).map(({ width }) => Math.round(width));

  it.each<[string, readonly PhaseEntry[], number, readonly number[]]>([
    ['nothing', [], 0, []],
    ['one that has just begun', [phaseEntry('bot', 0, null)], 0, [100]],
    ['two as long', [phaseEntry('bot', 0, 10), phaseEntry('agent', 10, null)], 20, [50, 50]],
    [
      'a second beside an hour',
      [phaseEntry('bot', 0, 1), phaseEntry('agent', 1, null)],
      3_601,
      [2, 98],
    ],
    [
      'a clock that is behind',
      [phaseEntry('bot', 0, 10), phaseEntry('agent', 10, null)],
      5,
      [98, 2],
    ],
  ])('%s fills the whole', (_, phases, now, expected) => {
    expect(widths(phases, now)).toEqual(expected);
  });

  it('goes on from where the one before ends', () => {
    const parts = computeBand(
      [phaseEntry('bot', 0, 10), phaseEntry('agent', 10, null)],
      start + 40_000,
    );
    expect(parts[1]).toMatchObject({ phase: 'agent', isLasting: true, to: start + 40_000 });
    expect(parts[1]?.left).toBeCloseTo(parts[0]?.width ?? 0);
  });
});
