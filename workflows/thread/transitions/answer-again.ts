/**
 * An operator lets the bot answer again after an incident: what is unanswered, or else the last turn, if none
 * of the bot's replies to it has reached the customer.
 *
 * Never sends a reply twice: a turn is refused once the platform has accepted a reply of the bot to it and has
 * not reported that the channel refused it, or once a human has written since. The new answer belongs to a new
 * ownership epoch, so no reply of the former one can follow it.
 */
import type { ThreadState } from '../state/state.js';
import { clearAttention, note } from '../state/state.js';
import { withConversation } from '../state/conversation.js';
import { withRouting } from '../state/routing.js';
import { withOwnership } from '../state/ownership.js';
import { answerTo } from '../state/outbox-operations.js';
import type { WaitingContent } from '../state/turn.js';
import { changePhase } from './phase.js';
import { bounded } from './unanswered.js';

/** Why the bot cannot be asked again now; `undefined` if it can. */
export function whyNotAgain(
  state: ThreadState,
): 'phase' | 'busy' | 'answered' | 'unconfirmed' | undefined {
  const { ownership, conversation, human, outbox } = state;
  if (ownership.phase === 'handover' || ownership.phase === 'agent') return 'phase';
  if (ownership.phase === 'closed' && !wasClosedByBot(state)) return 'phase';
  const isAsked = conversation.turn || human.request || conversation.waiting.length > 0;
  if (isAsked || outbox.inFlight || outbox.items.length > 0) return 'busy';
  if (contentsToAnswer(state).length > 0) return undefined;
  return isUnconfirmed(state) ? 'unconfirmed' : 'answered';
}

/** A reply that was sent and never found may have arrived all the same. */
function isUnconfirmed({ report }: ThreadState): boolean {
  return report.attention.some(({ code }) => code === 'replyUnconfirmed');
}

/** The bot had the thread until the end, and the customer can write there. */
function wasClosedByBot({ ownership: { reason, history } }: ThreadState): boolean {
  return history.at(-2)?.phase === 'bot' && reason !== 'threadLocked';
}

/**
 * What is unanswered, or else the contents of the last turn, if the customer has no answer to them. Never what
 * a reply of unknown outcome may have answered.
 */
function contentsToAnswer(state: ThreadState): readonly WaitingContent[] {
  const { unanswered, lastTurn = [], record } = state.conversation;
  const mayBeAsked = unanswered.filter(({ mayBeAnswered }) => mayBeAnswered !== true);
  if (mayBeAsked.length > 0) return mayBeAsked;
  if (isUnconfirmed(state)) return [];
  const newest = lastTurn.at(-1);
  if (!newest || record.findLast(({ by }) => by === 'customer')?.contentId !== newest.content.id) {
    return [];
  }
  const hasHuman = record.some(({ by, issuedAt }) => by === 'agent' && issuedAt > newest.issuedAt);
  const hasAnswer = lastTurn.some(({ content }) => answerTo(state, content.id) !== undefined);
  return hasHuman || hasAnswer ? [] : lastTurn;
}

function withoutHandover({ isHandedOver: _isHandedOver, ...content }: WaitingContent) {
  return content;
}

/**
 * The contents become the bot's next turn. A content that requested a human may request one again, and the
 * guard against machines counts from now on.
 */
export function answerAgain(state: ThreadState, why: string, now: number): ThreadState {
  if (whyNotAgain(state) !== undefined) return state;
  const contents = contentsToAnswer(state).map(withoutHandover);
  const others = state.conversation.unanswered.filter((one) => one.mayBeAnswered === true);
  // The thread is read first: its categories and its lock may have changed in the incident.
  const doubted = withRouting(inNewEpoch(state, why, now), { categoriesInDoubt: true });
  const asked = withConversation(doubted, {
    unanswered: bounded([...others, ...contents]),
    waiting: contents,
    waitUntil: undefined,
    lastTurn: undefined,
    recentTurns: [],
    guardSinceIssuedAt: state.inbox.newestIssuedAt,
  });
  const attended = clearAttention(asked, 'replyUndelivered');
  return note(attended, now, { code: 'answerRequested', why });
}

function inNewEpoch(state: ThreadState, why: string, now: number): ThreadState {
  const { phase, epoch, episode } = state.ownership;
  if (phase !== 'closed') return withOwnership(state, { epoch: epoch + 1 });
  const reopened = changePhase(state, 'reopenedToBot', { why }, now);
  return withOwnership(reopened, { episode: episode + 1 });
}
