/**
 * `GET /operator/broken`: broken threads, in pages. `POST /operator/threads/:id/repair`: one of them is rebuilt
 * from the platform's own record. The author and the reason are in the log; a worker need not run.
 */
import { z } from 'zod';
import type { Log } from '../../runtime/log.js';
import { NotBroken, type BrokenThreads } from '../../temporal/broken-threads.js';
import type { BrokenList } from './answers.js';
import { readQuery } from './asked.js';
import { notTheirs, type OperatorContext } from './authorise.js';
import { readBody } from './body.js';
import { readName } from './by.js';
import { commandSchema } from './commands.js';
import { mayUse } from './principal.js';
import { formatThreadId } from './thread-views.js';
import { findAnyThread, orWrongPage, type ThreadServices } from './threads.js';

export type BrokenServices = { readonly broken: BrokenThreads };

export const brokenSchema = z.strictObject({
  of: z.enum(['stuck', 'ended'], 'expected stuck or ended').default('stuck'),
  source: z.string().optional(),
  page: z.string().optional(),
});

export function createListBroken({ broken }: BrokenServices) {
  return async function listBroken(c: OperatorContext): Promise<Response> {
    const asked = readQuery(c, brokenSchema);
    if ('refusal' in asked) return asked.refusal;
    const { of, source, page: after } = asked.query;
    const principal = c.get('principal');
    if (source !== undefined && !mayUse(principal, source)) return notTheirs(c, source);
    const own = principal.sources === 'all' ? undefined : principal.sources;
    const sources = source === undefined ? own : [source];
    return orWrongPage(c, async () => {
      const { threads, lookedAt, next } = await broken.list({ of, sources, after });
      const list: BrokenList = {
        threads: threads.map(({ is, since, cause, attempts, source: name, ...id }) => ({
          ...{ id: formatThreadId(id), source: name ?? null, is },
          since: since === undefined ? null : new Date(since).toISOString(),
          ...{ cause: cause ?? null, attempts: attempts ?? null },
        })),
        ...{ lookedAt, next: next ?? null },
      };
      return c.json(list);
    });
  };
}

export function createRepair({ broken, threads }: BrokenServices & ThreadServices, log: Log) {
  return async function repair(c: OperatorContext): Promise<Response> {
    const read = await readBody(c, commandSchema);
    if ('refusal' in read) return read.refusal;
    const named = readName(c, read.body.by);
    if ('refusal' in named) return named.refusal;
    const found = await findAnyThread(c, threads);
    if ('refusal' in found) return found.refusal;
    const id = formatThreadId(found.id);
    const { why } = read.body;
    try {
      await broken.rebuild(found.id);
    } catch (error) {
      if (!(error instanceof NotBroken)) throw error;
      return c.json({ error: 'not_broken', message: error.message }, 409);
    }
    log.warn({ thread: id, by: named.by, why }, 'a thread is rebuilt');
    return c.json({ repaired: { id } });
  };
}
