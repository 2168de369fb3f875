/** `/content_threads`: lists, categories, locks. */
import { ApiError } from '../platform/platform.js';
import { ignoreContent } from '../platform/tasks.js';
import { categoriseByApi, lockLater, openLater } from '../platform/threads.js';
import type { Thread } from '../state.js';
import type { Call, Routes } from './call.js';
import { paginate } from './page.js';
import { list, text } from './parameters.js';
import { hasWords, parseSearch, wants } from './search.js';
import { showThread } from './show.js';
import { mustRead, readable } from './visible.js';

export const threadRoutes: Routes = (on, platform) => {
  const { state } = platform;
  const threadOf = ({ id, user }: Call) => mustRead(state.threads, id, { what: 'Thread', user });

  on('get', '/content_threads', ({ parameters, user }) => {
    const found = searchThreads(readable(state.threads, user), text(parameters, 'q'));
    return paginate(found, parameters, showThread);
  });
  on('get', '/content_threads/:id', (call) => showThread(threadOf(call)));
  on('put', '/content_threads/:id/update_categories', (call) => {
    const thread = threadOf(call);
    const ids = list(call.parameters, 'thread_category_ids') ?? [];
    categoriseByApi(platform, thread, ids, call.user.id);
    return showThread(thread);
  });
  on('put', '/content_threads/:id/close', (call) => {
    lockLater(platform, threadOf(call), call.user.id);
    return showThread(threadOf(call));
  });
  on('get', '/content_threads/:id/open', (call) => {
    openLater(platform, threadOf(call), call.user.id);
    return showThread(threadOf(call));
  });
  on('put', '/content_threads/:id/ignore', (call) => {
    const thread = threadOf(call);
    for (const content of Object.values(state.contents)) {
      if (content.thread_id !== thread.id) continue;
      ignoreContent(platform, content, call.user.id);
    }
    return showThread(thread);
  });
  on('put', '/content_threads/:id/disable_text_input', (call) => setInput(threadOf(call), true));
  on('put', '/content_threads/:id/enable_text_input', (call) => setInput(threadOf(call), false));
};

/** The documented keywords that bots use. Newest first by default. */
function searchThreads(threads: readonly Thread[], q: string | undefined): readonly Thread[] {
  const search = parseSearch(q, ['source', 'identity', 'categorized_in', 'not_categorized_in']);
  const isIn = (keyword: string, { thread_category_ids: ids }: Thread) =>
    search.of(keyword)?.some((id) => ids.includes(id));
  const found = threads.filter(
    (thread) =>
      wants(search, 'source', thread.source_id) &&
      wants(search, 'identity', thread.identity_id) &&
      hasWords(search, thread.title) &&
      (isIn('categorized_in', thread) ?? true) &&
      !(isIn('not_categorized_in', thread) ?? false),
  );
  const newest = found.sort((a, b) => (a.last_content_at < b.last_content_at ? 1 : -1));
  return search.isAscending ? newest.reverse() : newest;
}

function setInput(thread: Thread, disabled: boolean): object {
  if (thread.input_disabled === disabled) {
    throw new ApiError(403, 'forbidden', 'The text input is so already');
  }
  thread.input_disabled = disabled;
  return { ...showThread(thread), disable_text_input: disabled };
}
