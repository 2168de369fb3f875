/** `GET /record`: the ground truth, oldest first. What tests compare everything else with. */
import type { Hono } from 'hono';
import type { State } from '../state.js';
import { DoorError } from './json.js';

export function recordDoor(app: Hono, state: State): void {
  app.get('/record', (c) => {
    const thread = c.req.query('thread');
    if (thread !== undefined && !state.threads[thread]) {
      throw new DoorError(404, `thread: there is no ${thread}`, 'thread');
    }
    return c.json(recordOf(state, thread));
  });
}

export function recordOf(state: State, threadId: string | undefined): object {
  const isWanted = (id: string | null) => threadId === undefined || id === threadId;
  const contents = Object.values(state.contents).filter((content) => isWanted(content.thread_id));
  const threads = Object.values(state.threads).filter(({ id }) => isWanted(id));
  const { attempts, requests } = state;
  return {
    contents: contents.map((content) => ({
      id: content.id,
      thread_id: content.thread_id,
      by: content.by,
      body: content.body ?? '',
      at: content.created_at,
      in_reply_to_id: content.in_reply_to_id,
      private: content.private,
    })),
    categories: threads.flatMap(({ id, category_history: history }) =>
      history.map((one) => ({ ...one, thread_id: id })),
    ),
    interventions: Object.values(state.interventions).filter((one) => isWanted(one.thread_id)),
    comments: Object.values(state.comments).filter((one) => isWanted(one.thread_id)),
    deliveries: attempts
      .filter(({ events }) => events.some(({ thread_id: id }) => isWanted(id)))
      .map(({ events, at, attempt, status }) => ({
        at,
        attempt,
        status,
        events: events.filter((event) => isWanted(event.thread_id)),
      })),
    requests: requests.filter((request) => isWanted(request.thread_id)),
  };
}
