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

/** Rises with every step forward. */
export function progressOf(marks: Marks): number {
  return allOf(marks).reduce((total, { at }) => total + at, 0);
}

/** Read to its end, a list is read again from a little before. */
export function again(mark: Mark, latest: number): Mark {
  return mark.at <= latest ? mark : { ...mark, at: latest, offset: mark.overlapOffset };
}
