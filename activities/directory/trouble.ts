/** Maps a failed call to a directory error: whether a later attempt may succeed, and when. */
import { EngageError } from '../../engage/errors.js';
import type { DirectoryTrouble } from '../../workflows/contract/directory.js';
import { troubleOf } from '../reconcile/budget.js';

export function directoryTrouble(error: unknown): DirectoryTrouble {
  const trouble = troubleOf(error);
  return { ...trouble, isPassing: error instanceof EngageError && error.isTransient };
}
