/**
 * Confirms replies: by the answer to the post, by a search, or by the echo through the webhook,
 * whichever comes first. The others then have no effect.
 */
import { formatAsText } from '../../../bots/messages/as-text.js';
import { echoTexts } from '../../../bots/messages/reply.js';
import type { Content } from '../../contract/engage-event.js';
import { emergencyIsOver } from './emergency-notice.js';
import { handOver, isLastWord } from './handover.js';
import { idByChannel } from './inbox.js';
import { exportedBy } from './messenger-control.js';
import { changeReply, isAnswer, mayHaveLeft, removeItem } from '../state/outbox-operations.js';
import {
  clearAttention,
  count,
  note,
  raiseAttention,
  recorded,
  remember,
  type ThreadState,
} from '../state/state.js';
import { endedByAReply } from '../../contract/attention.js';
import { countLateCrossedReply } from './takeover.js';
import { wholeSecond } from '../../contract/whole-second.js';
import type { FindReplyOutcome, PostReplyOutcome } from '../../contract/work.js';
import type { OutboxItem, ReplyItem, Sent } from '../state/outbox-item.js';
import { withConversation, type StoredEntry } from '../state/conversation.js';
import { withInbox } from '../state/inbox.js';
import { withOutbox } from '../state/outbox.js';
import { waitBeforeRetry } from './retries.js';
import { othersWait } from './customers.js';
import { coveredBy, keepUnanswered } from './unanswered.js';
import type { WaitingContent } from '../state/turn.js';

const sentLimit = 50;

/** The platform has this reply, by its answer, a search, or an echo. */
export function posted(
  state: ThreadState,
  reply: ReplyItem,
  now: number,
  as: { contentId: string; createdAt: number },
): ThreadState {
  const sent: Sent = {
    ...{ key: reply.key, ...as, delivery: 'accepted' },
    ...(isLastWord(reply) && { isLastWord: true }),
    ...exportedBy(state, reply),
  };
  let next: ThreadState = withConversation(
    withInbox(
      withOutbox(removeItem(state, reply.key), {
        sent: [...state.outbox.sent, sent].slice(-sentLimit),
      }),
      { expectedContents: state.inbox.expectedContents && state.inbox.expectedContents + 1 },
    ),
    { turn: state.conversation.turn && { ...state.conversation.turn, hasSpoken: true } },
  );
  const asked = recorded(state, reply.inReplyToId);
  next = remember(next, {
    ...{ contentId: as.contentId, by: 'bot' as const, body: formatAsText(reply) },
    ...{ issuedAt: saidAt(asked, as.createdAt), isPrivate: reply.isPrivate },
    ...(asked?.customerId !== undefined && { customerId: asked.customerId }),
  });
  next = isAnswer(reply) ? afterAnswering(next, reply) : clearAttention(next, 'botDeactivated');
  const { key, epoch, purpose } = reply;
  next = note(count(next, 'replies'), now, { code: 'replyPosted', key, epoch, purpose });
  return reply.epoch === state.ownership.epoch
    ? next
    : countLateCrossedReply(next, as.createdAt, now);
}

/** What an answer of the bot ends. One that crossed a change of owner ends only what it answers. */
function afterAnswering(state: ThreadState, reply: ReplyItem): ThreadState {
  if (reply.epoch !== state.ownership.epoch) return answeredBy(state, reply);
  const ended = emergencyIsOver(clearAttention(state, ...endedByAReply));
  return othersWait(ended)
    ? ended
    : clearAttention(ended, 'nobodyComes', 'agentSilent', 'runEnded');
}

/** Its turn is gone: what it covers is answered. */
function answeredBy(state: ThreadState, { inReplyToId }: ReplyItem): ThreadState {
  const isCovered = coveredBy(state, inReplyToId);
  const isOpen = (one: WaitingContent) => !isCovered(one);
  const waiting = state.conversation.waiting.filter(isOpen);
  return withConversation(keepUnanswered(state, isOpen), { waiting });
}

/**
 * The platform rounds a reply's time down to the second; within it, the reply counts as later than its
 * question.
 */
function saidAt(asked: StoredEntry | undefined, createdAt: number): number {
  const isSameSecond = asked && wholeSecond(asked.issuedAt) === createdAt;
  return isSameSecond ? asked.issuedAt : createdAt;
}

/** Applies the outcome of a post: posted, not sent, or ambiguous. */
export function afterPost(
  state: ThreadState,
  reply: ReplyItem,
  outcome: Extract<PostReplyOutcome, { is: 'posted' | 'notSent' | 'ambiguous' }>,
  now: number,
): ThreadState {
  switch (outcome.is) {
    case 'posted':
      return posted(recount(state, outcome), reply, now, outcome);
    case 'notSent': {
      const wait = waitBeforeRetry(outcome.retryAfter, reply.tries);
      const again = { nextAttemptAt: now + wait, tries: reply.tries + 1 };
      return changeReply(state, reply.key, again);
    }
    case 'ambiguous': {
      const later = {
        nextAttemptAt: now + waitBeforeRetry(state.settings.confirm.wait, reply.sends),
        sends: reply.sends + 1,
      };
      const confirming = changeReply(state, reply.key, { state: 'confirming', looks: 0, ...later });
      return count(confirming, 'ambiguousReplies');
    }
  }
}

/** Corrects the expected number of contents by the number the platform reported before the post. */
function recount(
  state: ThreadState,
  { contentsBefore, looked }: { contentsBefore: number; looked?: readonly string[] },
): ThreadState {
  // A number that is too low only costs a read; one that is too high would hide a human's content.
  if (looked) {
    const received = new Set(state.conversation.record.map(({ contentId }) => contentId));
    const countedAhead = looked.filter((id) => !received.has(id));
    return withInbox(state, { expectedContents: contentsBefore, countedAhead });
  }
  const asked =
    state.outbox.inFlight?.do === 'postReply'
      ? state.outbox.inFlight.input.expectedContents
      : undefined;
  const receivedSince = asked === undefined ? 0 : (state.inbox.expectedContents ?? asked) - asked;
  return withInbox(state, { expectedContents: contentsBefore + receivedSince });
}

/** Applies the outcome of a search for an ambiguous reply. */
export function afterLook(
  state: ThreadState,
  reply: ReplyItem,
  outcome: FindReplyOutcome,
  now: number,
): ThreadState {
  if (outcome.is === 'found') return posted(state, reply, now, outcome);
  const { confirm } = state.settings;
  const looks = reply.looks + 1;
  if (looks < confirm.looks)
    return changeReply(state, reply.key, { looks, nextAttemptAt: now + confirm.wait });
  return changeReply(state, reply.key, { state: 'pending', looks: 0 });
}

/** Handles the echo of our own content: it confirms a reply that was still unconfirmed. */
export function echoed(state: ThreadState, content: Content, issuedAt: number, now: number) {
  const contentId = idByChannel(content, state.settings);
  if (state.outbox.sent.some((one) => one.contentId === contentId)) return state;
  const reply = state.outbox.items.find((item) => isEchoOf(item, content, state));
  if (reply?.do !== 'reply') return state;
  return posted(state, reply, now, { contentId, createdAt: issuedAt });
}

function isEchoOf(item: OutboxItem, content: Content, state: ThreadState): boolean {
  return (
    item.do === 'reply' &&
    mayHaveLeft(state, item) &&
    (item.inReplyToId === content.inReplyToId || content.foreignId !== undefined) &&
    echoTexts(item).some((text) => text.trim() === content.body.trim())
  );
}

/** `content.exported`: records whether the channel accepted our reply. */
export function delivered(state: ThreadState, content: Content, now: number): ThreadState {
  const status = content.synchronizationStatus;
  if (status === undefined || status === 'export_pending') return state;
  const delivery = status === 'success' ? ('delivered' as const) : ('failed' as const);
  const ours = state.outbox.sent.find(({ contentId }) => contentId === content.id);
  if (!ours) return state;
  const sent = state.outbox.sent.map((one) =>
    one.contentId === content.id ? { ...one, delivery } : one,
  );
  const next = withOutbox(state, { sent });
  if (delivery !== 'failed') return afterDelivery(state, next);
  const raised = raiseAttention(next, now, 'replyUndelivered');
  const wantsHuman = state.settings.whenUndelivered === 'handOver' && !ours.isLastWord;
  if (!wantsHuman || state.ownership.phase !== 'bot') return raised;
  return handOver(raised, { because: 'replyRefused', farewell: [] }, now);
}

/** A reply that was reported as undelivered has arrived after all. */
function afterDelivery(before: ThreadState, state: ThreadState): ThreadState {
  const failedIn = ({ outbox }: ThreadState) =>
    outbox.sent.filter(({ delivery }) => delivery === 'failed').length;
  const isLast = failedIn(before) > 0 && failedIn(state) === 0;
  return isLast && state.ownership.phase === 'bot'
    ? clearAttention(state, 'replyUndelivered')
    : state;
}
