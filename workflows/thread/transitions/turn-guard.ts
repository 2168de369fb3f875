/**
 * Detects a machine that answers the bot: the same content again and again, or more turns within a time than
 * a person writes.
 */
import { withConversation } from '../state/conversation.js';
import type { ThreadState } from '../state/state.js';

/** Turns of which the time is kept; at least the largest `turnGuard.turns`. */
const keptTurns = 60;

export function seemsMachine(state: ThreadState, now: number): boolean {
  const { turnGuard } = state.settings;
  if (!turnGuard) return false;
  const { record, recentTurns, guardSinceIssuedAt = 0 } = state.conversation;
  const within = recentTurns.filter((at) => now - at < turnGuard.within);
  if (within.length >= turnGuard.turns) return true;
  const said = record.filter(
    ({ by, issuedAt }) => by === 'customer' && issuedAt > guardSinceIssuedAt,
  );
  const bodies = said.map(({ body }) => body.trim());
  const newest = bodies.slice(-turnGuard.equal - 1);
  return newest.length > turnGuard.equal && new Set(newest).size === 1;
}

/** Counts a turn that begins. */
export function countTurn(state: ThreadState, now: number): ThreadState {
  const recentTurns = [...state.conversation.recentTurns, now].slice(-keptTurns);
  return withConversation(state, { recentTurns });
}

/** A turn is withdrawn: it is counted when it begins again. */
export function uncountTurn(state: ThreadState): ThreadState {
  return withConversation(state, { recentTurns: state.conversation.recentTurns.slice(0, -1) });
}
