/**
 * What the bot learns about the customer: kept for the conversation, written to the customer's record
 * where the account has a custom field for it, told to the human where it has not.
 *
 * A field that is emptied or cannot be one is refused, naming it; the refusal is on the thread, and the
 * bot's answer counts without it.
 */
import { owe, settle } from '../state/outbox-operations.js';
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

/** Pure and total, whatever a bot says. */
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

/** Short and harmless, whatever it was. */
function nameOf(key: string): string {
  return key.slice(0, limits.key).replace(/[^\w-]/g, '?');
}

/** The bot has answered, and knows more than before. */
export function learn(state: ThreadState, given: unknown, now: number): ThreadState {
  if (given === undefined || state.settings.profile === undefined) return state;
  const { fields, refused } = checkCustomerProfile(given);
  const noted = refused.reduce(
    (next, { field, why }) => note(next, now, `learnt field ${field} refused`, why),
    state,
  );
  const before = state.conversation.profile ?? { fields: {}, written: [] };
  const fresh = Object.entries(fields).filter(([key, value]) => before.fields[key] !== value);
  if (fresh.length === 0) return noted;
  const all = Object.entries({ ...before.fields, ...fields });
  for (const [key] of all.slice(limits.fields)) {
    return note(noted, now, `learnt field ${key} refused`, 'too many fields');
  }
  const changed = new Set(fresh.map(([key]) => key));
  const written = before.written.filter((key) => !changed.has(key));
  return withConversation(noted, { profile: { fields: Object.fromEntries(all), written } });
}

/** What the platform's record does not have yet. */
export function unwritten({
  conversation: { profile: customerProfile },
}: ThreadState): Readonly<Record<string, string>> {
  if (!customerProfile) return {};
  const { fields, written } = customerProfile;
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !written.includes(key)));
}

/** Owe the writing of it; once, however much there is. */
export function oweProfile(state: ThreadState): ThreadState {
  const {
    ownership: { epoch },
    conversation: { customerId },
    outbox: { items: owed },
  } = state;
  const isNothing = customerId === undefined || Object.keys(unwritten(state)).length === 0;
  if (isNothing || owed.some((one) => one.do === 'writeProfile')) return state;
  return owe(state, { do: 'writeProfile', key: `${epoch}/profile`, epoch });
}

/** What does not arrive is in the note to the human: nobody need be called for it. */
export function afterProfile(
  state: ThreadState,
  work: WorkOf<'writeProfile'>,
  outcome: WriteProfileOutcome | Failure,
  now: number,
): ThreadState {
  const next = settle(state, work.owedKey);
  if (isFailure(outcome)) return note(next, now, 'profile not written', outcome.failed);
  const noted = outcome.refused.reduce(
    (told, { field, code }) => note(told, now, `profile field ${nameOf(field)} refused`, code),
    next,
  );
  if (!noted.conversation.profile) return noted;
  // The bot may have learnt better while it was written.
  const same = outcome.written.filter(
    (key) => noted.conversation.profile?.fields[key] === work.input.fields[key],
  );
  const written = [...new Set([...noted.conversation.profile.written, ...same])];
  return withConversation(noted, { profile: { ...noted.conversation.profile, written } });
}

/** For channels that take context data: its keys are letters and `-` only. */
export function contextDataOf(state: ThreadState): Readonly<Record<string, string>> {
  const entries = Object.entries(state.conversation.profile?.fields ?? {});
  return Object.fromEntries(
    entries.map(([key, value]) => [key.replace(/[^a-zA-Z-]+/g, '-'), value]),
  );
}
