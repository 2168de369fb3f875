/** `/attachments`: files uploaded to be sent with a reply, by id. Only their metadata is kept. */
import { iso, must, ApiError } from '../platform/platform.js';
import type { Routes } from './call.js';
import { paginate } from './page.js';
import { showAttachment } from './show.js';

export const attachmentRoutes: Routes = (on, platform) => {
  const { attachments } = platform.state;
  on('get', '/attachments', ({ parameters }) =>
    paginate(Object.values(attachments).reverse(), parameters, showAttachment),
  );
  on('get', '/attachments/:id', ({ id }) => showAttachment(must(attachments, id, 'Attachment')));
  on('post', '/attachments', ({ parameters }) => {
    const file = parameters['file'];
    if (!(file instanceof File)) throw new ApiError(422, 'validation_error', 'file is missing');
    const { name: filename, type: content_type, size } = file;
    const created_at = iso(platform.now());
    const attachment = { id: platform.id(), filename, content_type, size, created_at };
    attachments[attachment.id] = attachment;
    return showAttachment(attachment);
  });
};
