/**
 * The customer profile: what the bot has found out about the customer. It is kept for the conversation,
 * written to the platform where the account has a custom field for it, and otherwise added to the
 * handover note.
 *
 * An empty or invalid field is refused by name. The refusal is noted on the thread; the rest of the
 * bot's answer is applied.
 */
import { profileCustomer } from './customers.js';
import { enqueue, removeItem } from '../state/outbox-operations.js';
import { note, type ThreadState } from '../state/state.js';
import {
  isFailure,
  type Failure,
  type WorkOf,
  type WriteProfileOutcome,
} from '../../contract/work.js';
import { withConversation } from '../state/conversation.js';
const limits = { fields: 50, characters: 1_000, key: 64 } as const;
const aKey = /^[a-zA-Z][\w-]*$/;

type Refused = { readonly field: string; readonly why: string };

/** Splits the bot's fields into valid and refused ones. Pure and total, for any input. */
export function checkCustomerProfile(given: unknown): {
  readonly fields: Readonly<Record<string, string>>;
  readonly refused: readonly Refused[];
} {
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  const fields: Record<string, string> = {};
  const refused: Refused[] = [];
  for (const [key, value] of Object.entries(isObject ? given : {}) as [string, unknown][]) {
    const why = problemOf(key, value);
    if (why === undefined) fields[key] = value as string;
    else refused.push({ field: nameOf(key), why });
  }
  return { fields, refused };
}

function problemOf(key: string, value: unknown): string | undefined {
  if (!aKey.test(key) || key.length > limits.key) return 'no name of a field';
  if (typeof value !== 'string') return 'not a text';
  if (value.trim() === '') return 'emptied';
  return value.length > limits.characters ? 'too long' : undefined;
}

/** Makes a key of any kind short and safe to log. */
function nameOf(key: string): string {
  return key.slice(0, limits.key).replace(/[^\w-]/g, '?');
}

/** Merges new fields from the bot's answer. */
export function mergeProfile(state: ThreadState, given: unknown, now: number): ThreadState {
  if (given === undefined || state.settings.profile === undefined) return state;
  const { fields, refused } = checkCustomerProfile(given);
  const noted = refused.reduce(
    (next, { field, why }) => note(next, now, { code: 'profileFieldRefused', field, why }),
    state,
  );
  const before = state.conversation.profile ?? { fields: {}, written: [] };
  const fresh = Object.entries(fields).filter(([key, value]) => before.fields[key] !== value);
  if (fresh.length === 0) return noted;
  const all = Object.entries({ ...before.fields, ...fields });
  for (const [key] of all.slice(limits.fields)) {
    return note(noted, now, { code: 'profileFieldRefused', field: key, why: 'too many fields' });
  }
  const changed = new Set(fresh.map(([key]) => key));
  const written = before.written.filter((key) => !changed.has(key));
  return withConversation(noted, { profile: { fields: Object.fromEntries(all), written } });
}

/** Fields that are not on the platform yet. */
export function unwritten({
  conversation: { profile: customerProfile },
}: ThreadState): Readonly<Record<string, string>> {
  if (!customerProfile) return {};
  const { fields, written } = customerProfile;
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !written.includes(key)));
}

/** Enqueues writing the profile, at most once. */
export function enqueueProfile(state: ThreadState): ThreadState {
  const {
    ownership: { epoch },
    outbox: { items },
  } = state;
  const isNothing =
    profileCustomer(state) === undefined || Object.keys(unwritten(state)).length === 0;
  if (isNothing || items.some((one) => one.do === 'writeProfile')) return state;
  return enqueue(state, { do: 'writeProfile', key: `${epoch}/profile`, epoch });
}

/** Applies the result. A failure raises no attention, because the handover note contains the fields. */
export function afterProfile(
  state: ThreadState,
  work: WorkOf<'writeProfile'>,
  outcome: WriteProfileOutcome | Failure,
  now: number,
): ThreadState {
  const next = removeItem(state, work.itemKey);
  if (isFailure(outcome))
    return note(next, now, { code: 'profileNotWritten', failure: outcome.failed });
  const noted = outcome.refused.reduce(
    (refused, { field, code: failure }) =>
      note(refused, now, { code: 'profileFieldNotWritten', field: nameOf(field), failure }),
    next,
  );
  if (!noted.conversation.profile) return noted;
  // The bot may have changed a value while it was written.
  const same = outcome.written.filter(
    (key) => noted.conversation.profile?.fields[key] === work.input.fields[key],
  );
  const written = [...new Set([...noted.conversation.profile.written, ...same])];
  return withConversation(noted, { profile: { ...noted.conversation.profile, written } });
}

/** The profile as context data for channels that take it; its keys may contain letters and `-` only. */
export function contextDataOf(state: ThreadState): Readonly<Record<string, string>> {
  const entries = Object.entries(state.conversation.profile?.fields ?? {});
  return Object.fromEntries(
    entries.map(([key, value]) => [key.replace(/[^a-zA-Z-]+/g, '-'), value]),
  );
}
