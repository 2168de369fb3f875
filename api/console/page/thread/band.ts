/** Lays out the phases of a thread as a band over time: offset and width of each. Pure. */
import type { PhaseEntry } from '../../../operator/answers.js';

export type BandPart = Pick<PhaseEntry, 'phase' | 'why'> & {
  /** Unix milliseconds; `to` of the current phase is now. */
  readonly from: number;
  readonly to: number;
  readonly isLasting: boolean;
  /** Percent of the whole; the widths add up to 100. */
  readonly left: number;
  readonly width: number;
  /** Wide enough to show its name. */
  readonly isRoomy: boolean;
};

/** Minimum width in percent, so that a phase of a second is visible beside one of a day. */
const narrowest = 2;
const roomy = 14;

export function computeBand(phases: readonly PhaseEntry[], now: number): readonly BandPart[] {
  const spans = phases.map(({ phase, why, from, to }) => {
    const begin = Date.parse(from);
    return { phase, why, from: begin, to: endOf(begin, to, now), isLasting: to === null };
  });
  const widths = widthsOf(spans.map(({ from, to }) => to - from));
  let left = 0;
  return spans.map((span, i) => {
    const width = widths[i] ?? 0;
    const part = { ...span, left, width, isRoomy: width >= roomy };
    left += width;
    return part;
  });
}

function endOf(begin: number, to: string | null, now: number): number {
  return Math.max(begin, to === null ? now : Date.parse(to));
}

/** Every phase gets the minimum; the rest is shared in proportion to length. */
function widthsOf(lengths: readonly number[]): readonly number[] {
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  const least = Math.min(narrowest, 100 / Math.max(lengths.length, 1));
  const shared = 100 - least * lengths.length;
  return lengths.map((length) =>
    whole === 0 ? 100 / lengths.length : least + (shared * length) / whole,
  );
}
