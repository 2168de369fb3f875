/** `GET /operator/threads…`: the list from Temporal's searches, and one thread from its own query. */
import type { OperatedThreads, SeenThread } from '../../temporal/operated-threads.js';
import { WrongPage } from '../../temporal/page-token.js';
import type { ThreadList } from './answers.js';
import { listSchema, readingSchema, readQuery } from './asked.js';
import { notTheirs, type OperatorContext } from './authorise.js';
import { unprocessable } from './body.js';
import { mayUse } from './principal.js';
import { toThreadLine, parseId, toTimeline, toThreadView, type Reading } from './thread-views.js';
import type { ThreadId } from '../../temporal/thread-id.js';

export type ThreadServices = {
  readonly threads: OperatedThreads;
  /** URL of the namespace in the Temporal UI, without a slash at its end. */
  readonly temporalUi?: string | undefined;
  readonly now?: (() => number) | undefined;
};

export function createListThreads({ threads }: ThreadServices) {
  return async function listThreads(c: OperatorContext): Promise<Response> {
    const asked = readQuery(c, listSchema);
    if ('refusal' in asked) return asked.refusal;
    const { phase, source, reason, attention, next, size, page } = asked.query;
    const principal = c.get('principal');
    if (source !== undefined && !mayUse(principal, source)) return notTheirs(c, source);
    const own = principal.sources === 'all' ? undefined : principal.sources;
    const sources = source === undefined ? own : [source];
    const isRaised = attention === undefined ? undefined : attention === 'true';
    return orWrongPage(c, async () => {
      const search = { phase, reason, sources, attention: isRaised, next };
      const found = await threads.list(search, { size, after: page });
      const list: ThreadList = {
        threads: found.threads.map(toThreadLine),
        next: found.next ?? null,
      };
      return c.json(list);
    });
  };
}

/** Refuses the page of another list by its field. */
export async function orWrongPage(
  c: OperatorContext,
  show: () => Promise<Response>,
): Promise<Response> {
  try {
    return await show();
  } catch (error) {
    if (!(error instanceof WrongPage)) throw error;
    return unprocessable(c, [{ field: 'page', problem: error.message }]);
  }
}

export function createShowThread(services: ThreadServices) {
  return createShow(services, (seen, reading) => ({
    thread: toThreadView(seen, reading, services.temporalUi),
  }));
}

export function createShowTimeline(services: ThreadServices) {
  return createShow(services, toTimeline);
}

function createShow(
  { threads, now = Date.now }: ThreadServices,
  show: (seen: SeenThread, reading: Reading) => object,
) {
  return async function showThread(c: OperatorContext): Promise<Response> {
    const asked = readQuery(c, readingSchema);
    if ('refusal' in asked) return asked.refusal;
    const found = await findThread(c, threads);
    if ('refusal' in found) return found.refusal;
    return c.json(show(found.seen, { ...asked.query, now: now() }));
  };
}

type Found<Seen> = { readonly id: ThreadId; readonly seen: Seen };
type Refused = { readonly refusal: Response };

/** The thread of the path, if it exists and the caller may see it. */
export async function findThread(
  c: OperatorContext,
  threads: OperatedThreads,
): Promise<Found<SeenThread> | Refused> {
  const sourceOf = ({ transcript }: SeenThread) => transcript.card.source;
  return foundBy(c, { look: (id) => threads.see(id), sourceOf });
}

/** The same for a thread that cannot answer, or without a worker to query it. */
export async function findAnyThread(
  c: OperatorContext,
  threads: OperatedThreads,
): Promise<Found<object> | Refused> {
  return foundBy(c, { look: (id) => threads.find(id), sourceOf: ({ source }) => source });
}

async function foundBy<Seen extends object>(
  c: OperatorContext,
  by: {
    readonly look: (id: ThreadId) => Promise<Seen | undefined>;
    readonly sourceOf: (seen: Seen) => string | undefined;
  },
): Promise<Found<Seen> | Refused> {
  const id = parseId(c.req.param('id') ?? '');
  const seen = id && (await by.look(id));
  if (!id || !seen) {
    const given = c.req.param('id') ?? '';
    const message = id
      ? `no such thread: ${given}`
      : `${given} is not a thread id: expected {domainId}:{threadId}`;
    return { refusal: c.json({ error: 'unknown_thread', message }, 404) };
  }
  const source = by.sourceOf(seen);
  if (!mayUse(c.get('principal'), source ?? '')) {
    return { refusal: notTheirs(c, source ?? 'an unknown source') };
  }
  return { id, seen };
}
