/** Validates the parameters of `POST /contents`: a reply to a content, plain or structured. */
import type { NewReply } from '../platform/contents.js';
import { must, ApiError } from '../platform/platform.js';
import { takeStructured } from '../platform/structured.js';
import type { Content, Identity, State, User } from '../state.js';
import type { Call } from './call.js';
import { flag, list, needText, text, type Parameters } from './parameters.js';
import { mustRead } from './visible.js';

/** @throws ApiError 404 or 422 */
export function readReply({ platform, parameters, user }: Call): { to: Content; reply: NewReply } {
  const structured = structuredContent(parameters, platform.state);
  const body = text(parameters, 'body') ?? null;
  const attachments = attachmentIds(parameters, platform.state);
  const needsBody = structured ? structured.needsBody : attachments.length === 0;
  if ((body === null || body.trim() === '') && needsBody) throw invalid("body can't be blank");
  if (text(parameters, 'in_reply_to_id') === undefined) {
    needText(parameters, 'source_id');
    throw new ApiError(403, 'forbidden', 'You may not initiate discussions on this source');
  }
  if (parameters['to'] !== undefined) throw invalid('to must not be set on a reply');
  const { contents } = platform.state;
  const to = mustRead(contents, needText(parameters, 'in_reply_to_id'), { what: 'Content', user });
  if (to.synchronization_status === 'export_pending') {
    throw invalid('The content replied to is not synchronized');
  }
  const author = text(parameters, 'author_id');
  if (author !== undefined) checkAuthor(platform.state.identities, author, user);
  return {
    to,
    reply: {
      body,
      private: flag(parameters, 'private') ?? false,
      auto_submitted: flag(parameters, 'auto_submitted') ?? false,
      attachments,
      ...(structured && { structured_content: structured.content }),
      ...(author !== undefined && { author_id: author }),
    },
  };
}

function structuredContent(parameters: Parameters, state: State) {
  const content = parameters['structured_content'];
  if (content === undefined || content === null) return undefined;
  return takeStructured(content, (id) => Object.hasOwn(state.attachments, id));
}

/** @throws ApiError 422 */
function attachmentIds(parameters: Parameters, { attachments }: State): readonly string[] {
  const ids = list(parameters, 'attachment_ids') ?? [];
  if (ids.every((id) => Object.hasOwn(attachments, id))) return ids;
  throw invalid('attachment_ids: one is unknown');
}

function checkAuthor(identities: Readonly<Record<string, Identity>>, id: string, user: User): void {
  if (!must(identities, id, 'Identity').user_ids.includes(user.id)) {
    throw invalid('author_id is not an identity of yours');
  }
}

function invalid(message: string): ApiError {
  return new ApiError(422, 'validation_error', message);
}
