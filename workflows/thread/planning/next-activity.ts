/** Chooses the next activity: at most one at a time, outbox items first, in order, then the bot. */
import type { RecordEntry } from '../../../bots/bot.js';
import { accountOf } from './handover-note.js';
import { exchange } from '../transitions/categories.js';
import { solved } from '../transitions/closing.js';
import { controlBefore, needsControl } from '../transitions/messenger-control.js';
import { asVirtualAgent, recategorisedBy, voiceOnMessenger } from './drivers.js';
import { controlFailed, controlWork } from '../transitions/messenger-driver.js';
import { unwritten } from '../transitions/customer-profile.js';
import { dropStale, removeItem } from '../state/outbox-operations.js';
import {
  queuePollAt,
  platformPosition,
  notifyQueuePosition,
} from '../transitions/queue-position.js';
import { questionOf } from '../transitions/bot-request.js';
import { botOf } from '../transitions/bot-routing.js';
import { note, type ThreadState } from '../state/state.js';
import type { Turn } from '../state/turn.js';
import { traceOf } from '../../contract/trace-context.js';
import { beginTurn, finishTurn, quietAt } from '../transitions/turn.js';
import { wholeSecond } from '../../contract/whole-second.js';
import type { PostReplyInput, Work } from '../../contract/work.js';
import { giveUpReply } from '../transitions/give-up-reply.js';
import { openBefore } from '../transitions/open-intervention.js';
import type { OutboxItem, ReplyItem } from '../state/outbox-item.js';
import { withConversation } from '../state/conversation.js';
import { withOutbox } from '../state/outbox.js';

/** Attempts for a post that certainly did not reach the platform; after them the reply is given up. */
const tryLimit = 10;

/**
 * `hasFired`: the thread's timer has just fired. Items that wait for a time start only then. Reason:
 * after the loss of a worker, a replay may see other times than that worker did, but the history
 * records that a timer fired.
 */
export function plan(state: ThreadState, now: number, hasFired = false): ThreadState {
  if (state.outbox.inFlight) return state;
  const current = dropStale(state);
  const [owed] = current.outbox.items;
  if (owed) {
    const { nextAttemptAt } = owed;
    const mayStart = nextAttemptAt === undefined || (hasFired && nextAttemptAt <= now);
    return mayStart ? startOwed(current, owed, now) : current;
  }
  if (current.human.request) return askAvailability(current);
  const idle = finishTurn(current);
  if (hasFired && isDue(queuePollAt(idle), now)) return findPlace(idle, now);
  if (idle.ownership.phase === 'handover' && idle.routing.categoriesInDoubt)
    return readThread(idle);
  if (idle.ownership.phase !== 'bot') return idle;
  if (idle.conversation.turn)
    return idle.conversation.turn.calls ? callOrAsk(idle, idle.conversation.turn) : idle;
  return hasFired && isDue(quietAt(idle), now) ? think(idle, now) : idle;
}

function isDue(at: number | undefined, now: number): boolean {
  return at !== undefined && at <= now;
}

function think(state: ThreadState, now: number): ThreadState {
  if (state.routing.categoriesInDoubt) return readThread(state);
  const begun = beginTurn(state, now);
  return begun.conversation.turn ? ask(begun, begun.conversation.turn) : plan(begun, now);
}

function ask(state: ThreadState, turn: Turn): ThreadState {
  return start(state, 'askBot', { ...voiceOf(state), turn: questionOf(state, turn) });
}

/** Calls the tools that the bot requested, one after the other, then asks the bot again. */
function callOrAsk(state: ThreadState, turn: Turn): ThreadState {
  const [call] = turn.calls ?? [];
  if (call) return start(state, 'callTool', { ...voiceOf(state), turnId: turn.id, call });
  const asked: Turn = { ...turn, calls: undefined };
  return ask(withConversation(state, { turn: asked }), asked);
}

function readThread(state: ThreadState): ThreadState {
  return start(state, 'readThread', { threadId: state.threadId });
}

function askAvailability(state: ThreadState): ThreadState {
  const { sourceId, categories } = state.settings;
  return start(state, 'checkAvailability', { sourceId, categoryId: categories.agent });
}

function findPlace(state: ThreadState, now: number): ThreadState {
  const known = platformPosition(state);
  if (known) return plan(notifyQueuePosition(state, known, now), now);
  const {
    ownership: { since },
    settings,
  } = state;
  return start(state, 'findPlace', { sourceName: settings.name, since });
}

/** Names of the bot and the source that would speak, and the trace of the turn. */
function voiceOf(state: ThreadState) {
  return { sourceName: state.settings.name, botName: botOf(state).name, ...traceOf(state) };
}

function startOwed(state: ThreadState, owed: OutboxItem, now: number): ThreadState {
  switch (owed.do) {
    case 'solve':
      return plan(solved(removeItem(state, owed.key), owed.by ?? 'solved', now), now);
    case 'reply':
      return startReply(state, owed, now);
    case 'control': {
      const work = controlWork(state, owed);
      if (work) return start(state, work.do, work.input, owed.key);
      return plan(controlFailed(state, owed, 'the customer is unknown', now), now);
    }
    case 'writeProfile':
      return startProfile(state, owed.key, now);
    case 'leaveNote':
    case 'setFields':
      return startAccount(state, owed, now);
    case 'recategorise':
    case 'lockThread':
    case 'openIntervention':
    case 'closeIntervention':
      return startStep(state, owed);
  }
}

type Step = 'recategorise' | 'lockThread' | 'openIntervention' | 'closeIntervention';

/** Starts a step that is one call. */
function startStep(state: ThreadState, owed: Extract<OutboxItem, { do: Step }>): ThreadState {
  const { threadId } = state;
  const as = asVirtualAgent(state);
  switch (owed.do) {
    case 'recategorise': {
      const again = owed.isAgain ? ({ isAgain: true } as const) : {};
      const change = { threadId, ...exchange(state, owed), ...again };
      const by = recategorisedBy(state, owed);
      return start(state, 'recategorise', { ...change, ...by }, owed.key);
    }
    case 'lockThread':
      return start(state, 'lockThread', { threadId }, owed.key);
    case 'openIntervention': {
      const { contentId } = owed;
      return start(state, 'openIntervention', { threadId, contentId, ...as }, owed.key);
    }
    case 'closeIntervention': {
      const { interventionId } = owed;
      return start(state, 'closeIntervention', { interventionId, ...as }, owed.key);
    }
  }
}

/** Starts a note on the intervention; without an intervention the item is dropped. */
function startAccount(
  state: ThreadState,
  owed: Extract<OutboxItem, { do: 'leaveNote' | 'setFields' }>,
  now: number,
): ThreadState {
  const {
    human: { intervention },
  } = state;
  if (!intervention?.isOpen) {
    return plan(
      note(removeItem(state, owed.key), now, `no ${owed.do}`, 'no intervention is open'),
      now,
    );
  }
  const interventionId = intervention.id;
  if (owed.do === 'setFields') {
    return start(state, 'setFields', { interventionId, fields: owed.fields }, owed.key);
  }
  const body = accountOf(state, owed);
  return start(state, 'leaveNote', { interventionId, body }, owed.key);
}

function startProfile(state: ThreadState, key: string, now: number): ThreadState {
  const {
    conversation: { customerId: identityId },
    human: { intervention },
    settings,
  } = state;
  const fields = unwritten(state);
  if (identityId === undefined || Object.keys(fields).length === 0) {
    return plan(removeItem(state, key), now);
  }
  const on = intervention?.isOpen ? { interventionId: intervention.id } : {};
  const named = settings.profile?.fields ?? {};
  return start(state, 'writeProfile', { identityId, ...on, fields, named }, key);
}

function startReply(state: ThreadState, reply: ReplyItem, now: number): ThreadState {
  const input = postInput(state, reply);
  if (reply.state === 'confirming') return start(state, 'findReply', input, reply.key);
  if (reply.epoch !== state.ownership.epoch) return plan(removeItem(state, reply.key), now);
  const isUnconfirmed = reply.sends >= state.settings.confirm.sends;
  if (isUnconfirmed || reply.tries >= tryLimit) {
    return plan(giveUpReply(state, reply, isUnconfirmed, now), now);
  }
  if (needsControl(state, reply)) return plan(controlBefore(state), now);
  if (wantsIntervention(state, reply)) return plan(openBefore(state, reply), now);
  return start(state, 'postReply', input, reply.key);
}

/** True if the bot must open an intervention before its first reply, so that its work is counted. */
function wantsIntervention(state: ThreadState, reply: ReplyItem): boolean {
  if (state.settings.openIntervention !== 'first' || reply.speaksAs !== 'bot') return false;
  return !state.human.intervention?.isOpen && !hasAskedFor(state);
}

function hasAskedFor({ human: { openedInEpisode }, ownership: { episode } }: ThreadState): boolean {
  return openedInEpisode === episode;
}

function postInput(state: ThreadState, reply: ReplyItem): PostReplyInput {
  const { settings, threadId } = state;
  return {
    threadId,
    ...voiceOf(state),
    inReplyToId: reply.inReplyToId,
    body: reply.body,
    ...(reply.structured && { structured: reply.structured }),
    ...(reply.attachmentIds && { attachmentIds: reply.attachmentIds }),
    isPrivate: reply.isPrivate,
    botUserId: settings.botUser.userId,
    ownContentIds: state.outbox.sent.map(({ contentId }) => contentId),
    automaticIdentityIds: settings.automaticIdentityIds,
    knownContentIds: state.conversation.record.map(({ contentId }) => contentId),
    lookSince: Math.max(
      state.ownership.humanDoneIssuedAt,
      beforeSecondOf(state.conversation.record[0]),
    ),
    ...(reply.speaksAs === 'bot' && { botCategoryId: settings.categories.bot }),
    ...voiceOnMessenger(state, reply),
    ...(state.inbox.expectedContents !== undefined && {
      expectedContents: state.inbox.expectedContents,
    }),
  };
}

/**
 * Start of the second before the given entry: the platform rounds down, so an entry of the same second
 * may be later.
 */
function beforeSecondOf(first: RecordEntry | undefined): number {
  return first ? wholeSecond(first.issuedAt) - 1 : 0;
}

function start<D extends Work['do']>(
  state: ThreadState,
  what: D,
  input: Extract<Work, { do: D }>['input'],
  owedKey?: string,
): ThreadState {
  const id = `${state.outbox.activityCount + 1}`;
  const work = { id, do: what, input, ...(owedKey !== undefined && { owedKey }) } as Work;
  return withOutbox(state, { inFlight: work, activityCount: state.outbox.activityCount + 1 });
}
