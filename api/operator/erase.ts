/**
 * `POST /operator/threads/:id/erase`: destroys the thread's key and deletes its data in Temporal,
 * including the Source SDK conversation that it accompanied. It cannot be undone, so the id is given
 * twice. Data on the platform stays. The thread itself is not queried, so that an interrupted erasure can
 * be repeated even when the thread is no longer readable.
 */
import { z } from 'zod';
import type { Log } from '../../runtime/log.js';
import type { OperatorContext } from './authorise.js';
import { readBody, unprocessable } from './body.js';
import { commandSchema } from './commands.js';
import { readName } from './by.js';
import { formatThreadId } from './thread-views.js';
import { findAnyThread, type ThreadServices } from './threads.js';

export const eraseSchema = commandSchema.extend({
  confirm: z.string({ error: 'expected the thread’s id once more' }),
});

export function createErase({ threads }: ThreadServices, log: Log) {
  return async function erase(c: OperatorContext): Promise<Response> {
    const read = await readBody(c, eraseSchema);
    if ('refusal' in read) return read.refusal;
    const { why, by, confirm } = read.body;
    const named = readName(c, by);
    if ('refusal' in named) return named.refusal;
    const found = await findAnyThread(c, threads);
    if ('refusal' in found) return found.refusal;
    const id = formatThreadId(found.id);
    if (confirm !== id) {
      return unprocessable(c, [{ field: 'confirm', problem: `expected ${id}` }]);
    }
    const { runs } = await threads.erase([{ id: found.id, mayHaveSourceSdk: true }]);
    // Commands are recorded in the thread's history, which has just been erased; hence the log.
    log.warn({ thread: id, by: named.by, why, runs }, 'a thread was erased');
    return c.json({ erased: { id, runs } });
  };
}
