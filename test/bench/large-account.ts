/** A large account: thousands of people, no two alike, on hundreds of sources. For the bench and for tests. */
import type { BatonConfig } from '../../settings/business.js';
import { newState } from '../../simulator/new-state.js';
import { categories, roles } from '../../simulator/seed.js';
import type { Source, State, User } from '../../simulator/state.js';

export type LargeAccount = { readonly people: number; readonly sources: number };

/** The fresh account, and so many people and sources in all besides the seeded people. */
export function largeAccount(of: LargeAccount): State {
  const account = newState();
  const [source] = Object.values(account.sources);
  const [user] = Object.values(account.users);
  if (!source || !user) throw new Error('the account is empty');
  const ids = addSources(account, source, of.sources);
  const all = Object.fromEntries(ids.map((id) => [id, ['read', 'reply']]));
  for (const one of Object.values(account.users)) one.sources = all;
  for (let index = 0; index < of.people; index += 1) {
    const person = onSomeOf(ids, user, index);
    account.users[person.id] = person;
  }
  return account;
}

function addSources(account: State, like: Source, count: number): readonly string[] {
  const seeded = Object.keys(account.sources);
  const more = Array.from({ length: count - seeded.length }, (_, i) => hex(0xc, i));
  for (const id of more) account.sources[id] = { ...like, id };
  return [...seeded, ...more];
}

/** Everybody may reply on some sources of their own: no two alike, as far as so few sources allow. */
function onSomeOf(sourceIds: readonly string[], like: User, index: number): User {
  const seed = Math.imul(index + 1, 0x9e3779b1) >>> 0;
  const mine = sourceIds.filter((_, at) => (seed >>> (at % 31)) % 2 === 1);
  const sources = Object.fromEntries(mine.map((id) => [id, ['read', 'reply']]));
  const id = hex(0xa, index);
  const agent = { category_ids: [categories.agent], role_id: roles.agent, identity_ids: [] };
  return { ...like, ...agent, id, name: id, sources };
}

/** Every source of the account in `baton.config.ts`, all configured alike, in the account's order. */
export function sourcesOf(
  account: State,
  alike: Omit<BatonConfig['sources'][string], 'id'>,
): BatonConfig['sources'] {
  const ids = Object.keys(account.sources);
  return Object.fromEntries(ids.map((id, index) => [`source-${index}`, { ...alike, id }]));
}

function hex(kind: number, index: number): string {
  return `61b0${kind.toString(16)}${index.toString(16).padStart(19, '0')}`;
}
