/** Logs the start and the end of a turn with its result; never customer text. */
import type { Phase } from '../../contract/lifecycle.js';
import { log } from '@temporalio/workflow';
import type { ThreadState } from '../state/state.js';

export type TurnLine = {
  readonly message: 'turn begins' | 'turn ends';
  /** The id of the turn's newest content. */
  readonly turn: string;
  readonly came?: Came;
};

export type Came =
  | 'answered'
  | 'handedOver'
  | 'takenOver'
  | 'closed'
  /** The customer wrote again before the bot had replied. */
  | 'restarted'
  | 'waitsForMore'
  | 'nothingSaid';

export function logTurns(before: ThreadState, after: ThreadState): void {
  const {
    threadId,
    ownership: { phase, epoch },
  } = after;
  for (const { message, ...news } of turnLines(before, after)) {
    log.info(message, { threadId, phase, epoch, ...news });
  }
}

/** Pure. One turn may end and the next begin in one step. */
export function turnLines(before: ThreadState, after: ThreadState): readonly TurnLine[] {
  const [ended, begun] = [before.conversation.turn, after.conversation.turn];
  if (ended?.id === begun?.id) return [];
  return [
    ...(ended
      ? [{ message: 'turn ends', turn: ended.id, came: cameOf(before, after) } as const]
      : []),
    ...(begun ? [{ message: 'turn begins', turn: begun.id } as const] : []),
  ];
}

function cameOf(before: ThreadState, after: ThreadState): Came {
  if (after.ownership.phase !== before.ownership.phase) return movedTo[after.ownership.phase];
  if (after.conversation.superseded > before.conversation.superseded) return 'restarted';
  if (after.conversation.waits > before.conversation.waits) return 'waitsForMore';
  const hasSpoken =
    before.conversation.turn?.hasSpoken === true ||
    after.report.counts.replies > before.report.counts.replies;
  return hasSpoken ? 'answered' : 'nothingSaid';
}

const movedTo = {
  bot: 'answered',
  handover: 'handedOver',
  agent: 'takenOver',
  closed: 'closed',
} as const satisfies Record<Phase, Came>;
