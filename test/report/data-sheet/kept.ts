/**
 * The last figures, as `docs/figures/` keeps them: of each command, each of its parts as it last ran, with
 * when and where. A part that ran again replaces its own figures and no others.
 */
import type { Ended as EndedBench } from '../../bench/table.js';
import type { Machine } from '../../bench/machine.js';
import type { Ended as EndedSlice } from '../../chaos/table.js';
import type { SimulationFigures } from '../../simulation/totals.js';
import type { SecurityRow } from '../../security/attack/rows.js';

export type Circumstances = {
  /** ISO 8601. */
  readonly at: string;
  readonly machine: Machine;
  readonly seed: number;
};
export type Kept<Part> = Circumstances & { readonly part: Part };

/** What the commands leave behind under `.baton/`. */
export type BenchRun = Circumstances & { readonly benches: readonly EndedBench[] };
export type ChaosRun = Circumstances & { readonly slices: readonly EndedSlice[] };
export type SecurityRun = Circumstances & { readonly rows: readonly SecurityRow[] };

export type SimulationRun = Circumstances & { readonly totals: SimulationFigures };

export type Figures = {
  readonly bench: readonly Kept<EndedBench>[];
  readonly chaos: readonly Kept<EndedSlice>[];
  readonly security: readonly Kept<SecurityRow>[];
  /** The last run, or none. */
  readonly simulate: readonly Kept<SimulationFigures>[];
};

export type Runs = {
  readonly bench?: BenchRun | undefined;
  readonly chaos?: ChaosRun | undefined;
  readonly security?: SecurityRun | undefined;
  readonly simulate?: SimulationRun | undefined;
};

export function withRuns(figures: Figures, { bench, chaos, security, simulate }: Runs): Figures {
  return {
    bench: replaced(figures.bench, bench, bench?.benches, ({ name }) => name),
    chaos: replaced(figures.chaos, chaos, chaos?.slices, ({ name }) => name),
    security: replaced(figures.security, security, security?.rows, ({ number }) => number),
    simulate: replaced(
      figures.simulate,
      simulate,
      simulate && [simulate.totals],
      () => 'the last run',
    ),
  };
}

function replaced<Part>(
  kept: readonly Kept<Part>[],
  run: Circumstances | undefined,
  parts: readonly Part[] | undefined,
  nameOf: (part: Part) => string,
): readonly Kept<Part>[] {
  if (!run || !parts) return kept;
  const { at, machine, seed } = run;
  const newer = new Map(parts.map((part) => [nameOf(part), { at, machine, seed, part }]));
  const known = new Set(kept.map(({ part }) => nameOf(part)));
  return [
    ...kept.map((one) => newer.get(nameOf(one.part)) ?? one),
    ...[...newer].filter(([name]) => !known.has(name)).map(([, one]) => one),
  ];
}
