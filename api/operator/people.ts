/**
 * `POST /operator/people/:person/erase`: erases all data of a person in Temporal, by the platform's id of
 * their identity and of the identities merged with it, which the caller names. `dryRun` only counts;
 * otherwise the id is given twice. Data of other people does not change.
 *
 * A thread that an agent began does not carry its customer's mark: the answer says how many such threads
 * exist, and those that the caller names are erased.
 */
import { z } from 'zod';
import type { Log } from '../../runtime/log.js';
import type { ErasedThread } from '../../temporal/operated-threads.js';
import { notTheirs, type OperatorContext } from './authorise.js';
import { readBody, unprocessable } from './body.js';
import { commandSchema } from './commands.js';
import { readName } from './by.js';
import { mayUse } from './principal.js';
import { formatThreadId, parseId } from './thread-views.js';
import type { ThreadServices } from './threads.js';
import type { ThreadId } from '../../temporal/thread-id.js';

const anId = z.string().regex(/^[\w.:-]{1,200}$/, 'expected an id of the platform');
const aThread = z.string().refine((id) => parseId(id) !== undefined, 'expected DOMAIN:THREAD');

export const erasePersonSchema = commandSchema.extend({
  /** Identities that were merged with it. */
  identities: z.array(anId).max(100).default([]),
  /** Threads of the person that do not carry their mark. */
  threads: z.array(aThread).max(200).default([]),
  /** Required, without a default: the caller has to decide. */
  dryRun: z.boolean('expected true or false: true first'),
  confirm: z.string().optional(),
});

export type ErasureServices = ThreadServices & {
  /** Names of sources that use the Source SDK: their conversations are erased too. */
  readonly sourceSdkSources?: readonly string[] | undefined;
};

export function createErasePerson(services: ErasureServices, log: Log) {
  return async function erasePerson(c: OperatorContext): Promise<Response> {
    const read = await readBody(c, erasePersonSchema);
    if ('refusal' in read) return read.refusal;
    const { why, by, identities, threads: alsoThese, dryRun, confirm } = read.body;
    const named = readName(c, by);
    if ('refusal' in named) return named.refusal;
    const person = c.req.param('person') ?? '';
    if (!anId.safeParse(person).success) {
      return unprocessable(c, [{ field: 'person', problem: 'expected an id of the platform' }]);
    }
    const found = await services.threads.ofIdentities([person, ...identities]);
    const foreign = found.threads.find(({ source = '' }) => !mayUse(c.get('principal'), source));
    if (foreign) return notTheirs(c, foreign.source ?? 'an unknown source');
    if (alsoThese.length > 0 && c.get('principal').sources !== 'all') {
      return notTheirs(c, 'threads by their ids');
    }
    const all = withThese(found.threads, alsoThese);
    const { unmarked } = found;
    const counted = { id: person, identities: identities.length + 1, threads: all.length };
    if (dryRun) return c.json({ dryRun, person: { ...counted, unmarked } });
    if (confirm !== person) {
      return unprocessable(c, [{ field: 'confirm', problem: `expected ${person}` }]);
    }
    const { runs, keys } = await services.threads.erase(toErase(services, all));
    const done = { ...counted, runs, keys };
    log.warn({ ...done, by: named.by, why }, 'a person was erased');
    return c.json({ erased: { ...done, unmarked } });
  };
}

type Marked = ThreadId & { readonly source?: string | undefined };

function withThese(found: readonly Marked[], named: readonly string[]): readonly Marked[] {
  const all = new Map(found.map((thread) => [formatThreadId(thread), thread]));
  for (const id of named) {
    const thread = parseId(id);
    if (thread && !all.has(id)) all.set(id, thread);
  }
  return [...all.values()];
}

function toErase(
  { sourceSdkSources = [] }: ErasureServices,
  all: readonly Marked[],
): readonly ErasedThread[] {
  return all.map(({ source, ...id }) => {
    const mayHave = source === undefined || sourceSdkSources.includes(source);
    return { id, mayHaveSourceSdk: mayHave && sourceSdkSources.length > 0 };
  });
}
