/** Finds objects by name or id: the controls accept both. */
import { communityId } from '../seed.js';
import { iso, type Platform } from '../platform/platform.js';
import type { Identity, Source, Thread, User } from '../state.js';
import { ControlError } from './json.js';

type Named = { readonly id: string; readonly name: string };

function byNameOrId<T extends Named>(items: Record<string, T>, given: string, field: string): T {
  const found = Object.values(items).find(({ id, name }) => id === given || name === given);
  if (found) return found;
  const known = Object.values(items).map(({ name }) => name);
  throw new ControlError(
    404,
    `${field}: unknown ${given}; expected one of ${known.join(', ')}`,
    field,
  );
}

export function findSource({ state }: Platform, given: string): Source {
  return byNameOrId(state.sources, given, 'source');
}

/** Agents only: the bot uses the API. */
export function findAgent({ state }: Platform, given: string, field = 'agent'): User {
  const agents = Object.entries(state.users).filter(
    ([id]) => state.agentStatuses[id] !== undefined,
  );
  return byNameOrId(Object.fromEntries(agents), given, field);
}

export function findCategories({ state }: Platform, given: readonly string[]): readonly string[] {
  return given.map((one) => byNameOrId(state.categories, one, 'category_ids').id);
}

export function findThread({ state }: Platform, id: string, field = 'thread'): Thread {
  const thread = state.threads[id];
  if (thread) return thread;
  throw new ControlError(404, `${field}: there is no ${id}`, field);
}

/** An unknown name creates a customer's identity. The brand's own identities are refused. */
export function findIdentity(platform: Platform, name: string): Identity {
  const { state } = platform;
  const known = Object.values(state.identities).find(
    ({ id, foreign_id, user_ids: users }) =>
      users.length === 0 && (id === name || foreign_id === name),
  );
  if (known) return known;
  const identity: Identity = {
    id: platform.id(),
    foreign_id: name,
    display_name: name,
    community_id: communityId,
    user_ids: [],
    created_at: iso(platform.now()),
  };
  state.identities[identity.id] = identity;
  return identity;
}
