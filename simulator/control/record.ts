/** `GET /record`: the ground truth, oldest first, with which tests compare all other data. */
import type { Hono } from 'hono';
import type { Content, State } from '../state.js';
import { ControlError } from './json.js';

export function recordRoute(app: Hono, state: State): void {
  app.get('/record', (c) => {
    const thread = c.req.query('thread');
    if (thread !== undefined && !state.threads[thread]) {
      throw new ControlError(404, `thread: there is no ${thread}`, 'thread');
    }
    return c.json(describeRecord(state, thread));
  });
}

/** For one thread, entries omit the thread's id; for all threads they include it. */
export function describeRecord(state: State, threadId: string | undefined): object {
  const isWanted = (id: string | null) => threadId === undefined || id === threadId;
  const ofThread = (id: string | null) => (threadId === undefined ? { thread_id: id } : {});
  const of = <T extends { thread_id: string }>(things: Record<string, T>) =>
    Object.values(things).filter((thing) => isWanted(thing.thread_id));
  const { attempts, requests } = state;
  return {
    contents: of(state.contents).map((content) => ({
      ...ofThread(content.thread_id),
      ...saidIn(content),
    })),
    categories: Object.values(state.threads)
      .filter(({ id }) => isWanted(id))
      .flatMap(({ id, category_history: history }) =>
        history.map(({ at, ids }) => ({ ...ofThread(id), at, ids })),
      ),
    interventions: of(state.interventions),
    comments: of(state.comments),
    deliveries: attempts
      .filter(({ events }) => events.some(({ thread_id: id }) => isWanted(id)))
      .map(({ events, at, attempt, status }) => ({
        events: events
          .filter((event) => isWanted(event.thread_id))
          .map(({ id, type, thread_id }) => ({ id, type, ...ofThread(thread_id) })),
        ...{ at, status, attempt },
      })),
    requests: requests
      .filter((request) => isWanted(request.thread_id))
      .map(({ method, path, status, at, thread_id }) => ({
        ...{ method, path, status, at },
        ...ofThread(thread_id),
      })),
  };
}

function saidIn(content: Content): object {
  const { structured_content: structured, attachment_ids: attachments = [] } = content;
  return {
    id: content.id,
    by: content.by,
    body: content.body ?? '',
    at: content.created_at,
    in_reply_to_id: content.in_reply_to_id,
    private: content.private,
    ...(structured !== null && { structured_content: structured }),
    ...(attachments.length > 0 && { attachment_ids: attachments }),
  };
}
