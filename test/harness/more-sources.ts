/** The usual account with further sources. */
import { newState } from '../../simulator/new-state.js';
import { sources } from '../../simulator/seed.js';
import type { State } from '../../simulator/state.js';

/** @param ids of the further sources by their names; they are like this one of the usual */
export function accountWith(
  ids: Readonly<Record<string, string>>,
  like: keyof typeof sources,
): State {
  const account = newState();
  const usual = account.sources[sources[like]]!;
  for (const [name, id] of Object.entries(ids)) {
    account.sources[id] = { ...usual, id, name };
    for (const user of Object.values(account.users)) user.sources[id] = ['read', 'reply'];
  }
  return account;
}
