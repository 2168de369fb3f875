/** `GET /threads`: the account's conversations as an agent's list shows them, newest first. */
import type { Hono } from 'hono';
import type { Content, Intervention, State, Thread } from '../state.js';

/** Maximum length of the list. */
const mostThreads = 50;

export function threadsRoute(app: Hono, state: State): void {
  app.get('/threads', (c) => c.json({ threads: linesOf(state) }));
}

function linesOf(state: State): readonly object[] {
  const newest = Object.values(state.threads)
    .sort((a, b) => b.last_content_at.localeCompare(a.last_content_at))
    .slice(0, mostThreads);
  // Objects are kept in order of creation, so the last one of a thread remains.
  const lastOf = <T extends { thread_id: string }>(things: Record<string, T>) =>
    new Map(Object.values(things).map((thing) => [thing.thread_id, thing]));
  const [contents, interventions] = [lastOf(state.contents), lastOf(state.interventions)];
  return newest.map((thread) =>
    lineOf(state, thread, contents.get(thread.id), interventions.get(thread.id)),
  );
}

function lineOf(
  state: State,
  thread: Thread,
  last: Content | undefined,
  intervention: Intervention | undefined,
): object {
  return {
    id: thread.id,
    source: state.sources[thread.source_id]?.name ?? thread.source_id,
    customer: state.identities[thread.identity_id]?.foreign_id ?? thread.identity_id,
    categories: thread.thread_category_ids.map((id) => state.categories[id]?.name ?? id),
    last_content_at: thread.last_content_at,
    last: last ? { by: last.by, body: (last.body ?? '').slice(0, 80) } : null,
    locked: thread.closed,
    intervention: intervention
      ? {
          is: stateOf(intervention),
          agent: state.users[intervention.user_id]?.name ?? intervention.user_id,
        }
      : null,
  };
}

function stateOf({ closed, deferred_at: deferredAt }: Intervention): string {
  if (closed) return 'closed';
  return deferredAt === null ? 'open' : 'deferred';
}
