/** `/contents`: reading what was said, replying. */
import { createReply } from '../platform/contents.js';
import { must, Refusal, type Platform } from '../platform/platform.js';
import type { Content } from '../state.js';
import type { Call, Routes } from './call.js';
import { pageOf } from './page.js';
import { flag, list, needText, text } from './parameters.js';
import { parseSearch, wants } from './search.js';
import { showContent } from './show.js';

export const contentRoutes: Routes = (on, { state }) => {
  on('get', '/contents', ({ parameters }) => {
    const found = searchContents(Object.values(state.contents), text(parameters, 'q'));
    return pageOf(found, parameters, (content) => showContent(content, state));
  });
  on('get', '/contents/:id', ({ id }) => showContent(contentOf(state, id), state));
  on('post', '/contents', (call) => showContent(reply(call), state));
  on('put', '/contents/:id/update_categories', ({ id, parameters }) => {
    const content = contentOf(state, id);
    content.category_ids = [...(list(parameters, 'category_ids') ?? [])];
    return showContent(content, state);
  });
  on('put', '/contents/:id/ignore', ({ id }) => {
    const content = contentOf(state, id);
    content.status = 'ignored';
    return showContent(content, state);
  });
};

function contentOf(state: Platform['state'], id: string): Content {
  return must(state.contents, id, 'Content');
}

function reply({ platform, parameters, user }: Call): Content {
  const structured = parameters['structured_content'];
  const body = text(parameters, 'body') ?? null;
  const attachments = (list(parameters, 'attachment_ids') ?? []).length > 0;
  const hasOwnText = structured !== undefined || attachments;
  if ((body === null || body.trim() === '') && !hasOwnText) {
    throw new Refusal(422, 'validation_error', "body can't be blank");
  }
  if (text(parameters, 'in_reply_to_id') === undefined) {
    throw new Refusal(422, 'validation_error', 'This source does not support new discussions');
  }
  const to = must(platform.state.contents, needText(parameters, 'in_reply_to_id'), 'Content');
  if (to.synchronization_status === 'export_pending') {
    throw new Refusal(422, 'validation_error', 'The content replied to is not synchronized');
  }
  return createReply(platform, to, user, {
    body,
    private: flag(parameters, 'private') ?? false,
    ...(structured !== undefined && { structured_content: structured }),
    attachments,
  });
}

function searchContents(contents: readonly Content[], q: string | undefined): readonly Content[] {
  const search = parseSearch(q);
  const found = contents.filter(
    (content) =>
      wants(search, 'id', content.id) &&
      wants(search, 'thread', content.thread_id) &&
      wants(search, 'source', content.source_id) &&
      wants(search, 'identity', content.author_id) &&
      wants(search, 'intervention', content.intervention_id) &&
      wants(search, 'status_in', content.status) &&
      (search.of('text') ?? []).every((word) => (content.body ?? '').includes(word)),
  );
  return search.isAscending ? found : found.reverse();
}
