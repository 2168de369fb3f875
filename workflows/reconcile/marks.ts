/** Marks: how far each list has been read. Pure. */
import type { Mark, Marks } from '../contract/reconcile.js';

function allOf({ journal, sources }: Marks): readonly Mark[] {
  return [journal, ...Object.values(sources)];
}

export function earliestOf(marks: Marks): number {
  return Math.min(...allOf(marks).map(({ at }) => at));
}

export function mapMarks({ journal, sources }: Marks, change: (mark: Mark) => Mark): Marks {
  const changed = Object.entries(sources).map(([id, mark]) => [id, change(mark)] as const);
  return { journal: change(journal), sources: Object.fromEntries(changed) };
}

/** Sum of all marks; it rises when any of them advances. */
export function progressOf(marks: Marks): number {
  return allOf(marks).reduce((total, { at }) => total + at, 0);
}

/** Moves the mark of a list read to its end back by the overlap. */
export function again(mark: Mark, latest: number): Mark {
  return mark.at <= latest ? mark : { ...mark, at: latest, offset: mark.overlapOffset };
}
