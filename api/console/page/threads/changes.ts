/** Describes what changed between two states of a list, in one sentence for screen readers. Pure. */
import type { ThreadLine } from '../../../operator/answers.js';
import { phaseWords } from '../parts/words.js';

export function phaseChanges(
  before: readonly ThreadLine[],
  after: readonly ThreadLine[],
): string | undefined {
  const known = new Map(before.map(({ id, phase }) => [id, phase]));
  const changed = after.filter(({ id, phase }) => (known.get(id) ?? phase) !== phase);
  const [first] = changed;
  if (!first) return undefined;
  if (changed.length > 1) return `${changed.length} threads changed their phase`;
  const from = known.get(first.id) ?? first.phase;
  return `Thread ${first.id}: ${phaseWords[from]} to ${phaseWords[first.phase]}`;
}
