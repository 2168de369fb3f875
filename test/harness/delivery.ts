/** Deliveries as the platform sends them to the webhook, for whatever sends its own. */
import { secrets } from '../../local/secrets.js';
import { categories, domainId, sources } from '../../simulator/seed.js';

export type ContentGiven = {
  /** Distinguishes event and content from all others. */
  readonly id: string;
  readonly threadId: string;
  readonly body?: string;
  readonly sourceId?: string;
  readonly customer?: string;
};

/** The event that announces a content of a customer. */
export function contentImported({
  id,
  threadId,
  body = 'hello',
  sourceId = sources.chat,
  customer = `customer-${id}`,
}: ContentGiven) {
  const metadata = {
    ...{ thread_id: threadId, source_id: sourceId, author_id: customer, body },
    ...{ category_ids: [categories.bot], private: true, has_attachment: false, status: 'new' },
  };
  return {
    ...{ type: 'content.imported', id: `event-${id}`, issued_at: new Date().toISOString() },
    resource: { type: 'content', id: `content-${id}`, metadata },
  };
}

/** The body of a delivery. */
export function deliveryOf(events: readonly object[], id = 'delivery') {
  return { id, domain_id: domainId, events };
}

/** Headers of a delivery with the right secret, unless another is given. */
export function deliveryHeaders(secret: string = secrets.BATON_WEBHOOK_SECRET) {
  return { 'content-type': 'application/json', 'x-dimelo-secret': secret };
}
