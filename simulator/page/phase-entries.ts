/** A thread's phases as a band: which are shown, and how wide each is beside the others. */
import type { PhaseEntry } from './answers.js';

/** More than fit side by side are in the console. */
const shownAtMost = 8;

export type Shown = PhaseEntry & { readonly share: number; readonly lasts: boolean };

/**
 * Widths grow with the root of the time: an hour is wider than a second, and the second can be seen.
 * @param now as Baton's clock has it
 */
export function shownPhaseEntries(phases: readonly PhaseEntry[], now: string): readonly Shown[] {
  return phases.slice(-shownAtMost).map((phaseEntry) => {
    const took = Date.parse(phaseEntry.to ?? now) - Date.parse(phaseEntry.from);
    return {
      ...phaseEntry,
      share: Math.sqrt(Math.max(took, 1_000) / 1_000),
      lasts: phaseEntry.to === null,
    };
  });
}

export function clockTime(at: string): string {
  return new Date(at).toLocaleTimeString([], { hour12: false });
}

/** A time to come, with its day where that is not today's. */
export function timeToCome(at: string, now: string): string {
  const [then, today] = [new Date(at), new Date(now)];
  if (then.toDateString() === today.toDateString()) return `at ${clockTime(at)}`;
  const day = then.toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' });
  return `on ${day} at ${clockTime(at)}`;
}
