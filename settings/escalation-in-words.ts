/** A step of an escalation policy in plain words. */
import { rungs } from '../api/timeline/words.js';

/** What a rung of a ladder does. */
export function rungInWords(what: string): string {
  return rungs[what] ?? 'the next rung is reached';
}
