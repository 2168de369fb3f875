/** Known quirks of real deliveries: strings for flags, nulls for lists. */
import type { PlatformEvent } from '../state.js';

export function withQuirks(event: PlatformEvent): PlatformEvent {
  const { metadata } = event.resource;
  const quirky = {
    ...metadata,
    ...('first_in_thread' in metadata && { first_in_thread: String(metadata['first_in_thread']) }),
    ...('foreign_categories' in metadata && { foreign_categories: null }),
    ...('has_attachment' in metadata && { has_attachment: String(metadata['has_attachment']) }),
  };
  return { ...event, resource: { ...event.resource, metadata: quirky } };
}
