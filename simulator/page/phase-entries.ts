/** Lays out a thread's phases as a band: which are shown, and their relative widths. */
import type { PhaseEntry } from './answers.js';

/** Maximum number of phases; the console shows all. */
const mostEntries = 8;

export type DrawnEntry = PhaseEntry & { readonly share: number; readonly lasts: boolean };

/**
 * Widths grow with the square root of the duration, so that seconds are visible beside hours. @param now
 * by Baton's clock
 */
export function selectPhaseEntries(
  phases: readonly PhaseEntry[],
  now: string,
): readonly DrawnEntry[] {
  return phases.slice(-mostEntries).map((phaseEntry) => {
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

/** A future time, with the day if it is not today. */
export function timeToCome(at: string, now: string): string {
  const [then, today] = [new Date(at), new Date(now)];
  if (then.toDateString() === today.toDateString()) return `at ${clockTime(at)}`;
  const day = then.toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' });
  return `on ${day} at ${clockTime(at)}`;
}
