/** `/content_threads`: categories, locks, input. */
import { must, Refusal } from '../platform/platform.js';
import { categorise, lockLater, openLater } from '../platform/threads.js';
import type { Thread } from '../state.js';
import type { Routes } from './call.js';
import { pageOf } from './page.js';
import { list, text } from './parameters.js';
import { parseSearch, wants } from './search.js';
import { showThread } from './show.js';

export const threadRoutes: Routes = (on, platform) => {
  const { state } = platform;
  const threadOf = (id: string) => must(state.threads, id, 'Thread');

  on('get', '/content_threads', ({ parameters }) => {
    const found = searchThreads(Object.values(state.threads), text(parameters, 'q'));
    return pageOf(found, parameters, showThread);
  });
  on('get', '/content_threads/:id', ({ id }) => showThread(threadOf(id)));
  on('put', '/content_threads/:id/update_categories', ({ id, parameters, user }) => {
    const thread = threadOf(id);
    categorise(platform, thread, list(parameters, 'thread_category_ids') ?? [], user.id);
    return showThread(thread);
  });
  on('put', '/content_threads/:id/close', ({ id, user }) => {
    lockLater(platform, threadOf(id), user.id);
    return showThread(threadOf(id));
  });
  on('get', '/content_threads/:id/open', ({ id, user }) => {
    openLater(platform, threadOf(id), user.id);
    return showThread(threadOf(id));
  });
  on('put', '/content_threads/:id/ignore', ({ id }) => {
    for (const content of Object.values(state.contents)) {
      if (content.thread_id === id) content.status = 'ignored';
    }
    return showThread(threadOf(id));
  });
  on('put', '/content_threads/:id/disable_text_input', ({ id }) => setInput(threadOf(id), true));
  on('put', '/content_threads/:id/enable_text_input', ({ id }) => setInput(threadOf(id), false));
};

/** Newest first, unless asked otherwise. */
function searchThreads(threads: readonly Thread[], q: string | undefined): readonly Thread[] {
  const search = parseSearch(q);
  const found = threads.filter(
    (thread) =>
      wants(search, 'source', thread.source_id) &&
      wants(search, 'identity', thread.identity_id) &&
      (search.of('categorized_in')?.some((id) => thread.thread_category_ids.includes(id)) ?? true),
  );
  const newest = found.sort((a, b) => (a.last_content_at < b.last_content_at ? 1 : -1));
  return search.isAscending ? newest.reverse() : newest;
}

function setInput(thread: Thread, disabled: boolean): object {
  if (thread.input_disabled === disabled) {
    throw new Refusal(403, 'forbidden', 'The text input is so already');
  }
  thread.input_disabled = disabled;
  return { ...showThread(thread), disable_text_input: disabled };
}
