/**
 * Customers' records. A record is created when it has a first value, or when two identities are merged; on
 * a conflict the record's own values win.
 */
import type { Identity, IdentityGroup } from '../state.js';
import { iso, ApiError, type Platform } from './platform.js';

/** The identity's record, created if necessary. */
export function getGroup(platform: Platform, identity: Identity): IdentityGroup {
  const known = platform.state.identity_groups[identity.identity_group_id ?? ''];
  if (known) return known;
  const now = iso(platform.now());
  const group: IdentityGroup = {
    id: platform.id(),
    ...{ firstname: null, lastname: null, company: null, notes: null },
    emails: [],
    custom_field_values: {},
    updating_until: 0,
    ...{ created_at: now, updated_at: now },
  };
  platform.state.identity_groups[group.id] = group;
  identity.identity_group_id = group.id;
  return group;
}

/** @throws ApiError 422 for an identity of the brand */
export function merge(platform: Platform, identity: Identity, into: IdentityGroup): void {
  if (identity.user_ids.length > 0) {
    throw new ApiError(422, 'validation_error', 'A controlled identity cannot be merged');
  }
  const before = identity.identity_group_id ?? null;
  if (before === into.id) return;
  const values = platform.state.identity_groups[before ?? '']?.custom_field_values ?? {};
  into.custom_field_values = { ...values, ...into.custom_field_values };
  into.updated_at = iso(platform.now());
  identity.identity_group_id = into.id;
  sendIdentityEvent(platform, 'identity.merged', identity, before, into.id);
}

/** @throws ApiError 422 for an identity without a group */
export function unmerge(platform: Platform, identity: Identity): void {
  const before = identity.identity_group_id;
  if (before === undefined) {
    throw new ApiError(422, 'validation_error', 'The identity is in no group');
  }
  delete identity.identity_group_id;
  sendIdentityEvent(platform, 'identity.unmerged', identity, before, null);
}

function sendIdentityEvent(
  platform: Platform,
  type: string,
  { id }: Identity,
  before: string | null,
  now: string | null,
): void {
  const metadata = { new_identity_group_id: now, old_identity_group_id: before };
  platform.emit({ type, resource: { type: 'identity', id, metadata } });
}
