/**
 * `POST /operator/threads/:id/erase`: its key is destroyed, and Temporal forgets it, with every word in it, and
 * the conversation of a bot outside that it accompanied. It cannot be taken back, so the id is said twice. What
 * the platform keeps is the platform's. The thread itself is not asked, so that what was broken off, when it
 * cannot be read any more, can be asked for again.
 */
import { z } from 'zod';
import type { Log } from '../../runtime/log.js';
import type { OperatorContext } from './authorise.js';
import { readBody, unprocessable } from './body.js';
import { commandSchema } from './commands.js';
import { nameOf } from './by.js';
import { idOf } from './thread-views.js';
import { findAnyThread, type ThreadRoutes } from './threads.js';

export const eraseSchema = commandSchema.extend({
  confirm: z.string({ error: 'expected the thread’s id once more' }),
});

export function createErase({ threads }: ThreadRoutes, log: Log) {
  return async function erase(c: OperatorContext): Promise<Response> {
    const read = await readBody(c, eraseSchema);
    if ('refusal' in read) return read.refusal;
    const { why, by, confirm } = read.body;
    const named = nameOf(c, by);
    if ('refusal' in named) return named.refusal;
    const found = await findAnyThread(c, threads);
    if ('refusal' in found) return found.refusal;
    const id = idOf(found.id);
    if (confirm !== id) {
      return unprocessable(c, [{ field: 'confirm', problem: `expected ${id}` }]);
    }
    const { runs } = await threads.erase([{ id: found.id, mayHaveSourceSdk: true }]);
    // The thread's own history, where commands are written down, is what has just been erased.
    log.warn({ thread: id, by: named.by, why, runs }, 'a thread was erased');
    return c.json({ erased: { id, runs } });
  };
}
