/** `/contents`: reading contents, and replying. */
import { createReply } from '../platform/contents.js';
import { must } from '../platform/platform.js';
import { ignoreContent } from '../platform/tasks.js';
import type { Content } from '../state.js';
import type { Call, Routes } from './call.js';
import { readReply } from './new-reply.js';
import { paginate } from './page.js';
import { flag, needList, text } from './parameters.js';
import { hasWords, parseSearch, wants } from './search.js';
import { showContent } from './show.js';
import { mustRead, readable } from './visible.js';

const keywords = ['id', 'intervention', 'identity', 'identity_group', 'source', 'status_in'];

export const contentRoutes: Routes = (on, { state }) => {
  on('get', '/contents', ({ parameters, user }) => {
    const found = searchContents(readable(state.contents, user), text(parameters, 'q'));
    return paginate(found, parameters, (content) => showContent(content, state));
  });
  on('get', '/contents/:id', (call) => showContent(contentOf(call), state));
  on('post', '/contents', (call) => showContent(reply(call), state));
  on('put', '/contents/:id/update_categories', (call) => {
    const content = contentOf(call);
    const ids = needList(call.parameters, 'category_ids');
    for (const id of ids) must(state.categories, id, 'Category');
    content.category_ids = [...ids];
    return showContent(content, state);
  });
  on('put', '/contents/:id/ignore', (call) => {
    const content = contentOf(call);
    ignoreContent(call.platform, content, call.user.id);
    return showContent(content, state);
  });
};

function contentOf({ platform, id, user }: Call): Content {
  return mustRead(platform.state.contents, id, { what: 'Content', user });
}

function reply(call: Call): Content {
  const { platform, parameters, user } = call;
  const { to, reply: said } = readReply(call);
  const content = createReply(platform, to, user, said);
  const disabled = flag(parameters, 'disable_text_input_on_thread');
  const thread = platform.state.threads[to.thread_id];
  if (thread && disabled !== undefined) thread.input_disabled = disabled;
  return content;
}

function searchContents(contents: readonly Content[], q: string | undefined): readonly Content[] {
  const search = parseSearch(q, [...keywords, 'thread']);
  const found = contents.filter(
    (content) =>
      wants(search, 'id', content.id) &&
      wants(search, 'thread', content.thread_id) &&
      wants(search, 'source', content.source_id) &&
      wants(search, 'identity', content.author_id) &&
      wants(search, 'identity_group', null) &&
      wants(search, 'intervention', content.intervention_id) &&
      wants(search, 'status_in', content.status) &&
      hasWords(search, content.body ?? ''),
  );
  return search.isAscending ? found : found.reverse();
}
