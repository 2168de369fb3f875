/**
 * Chooses the next activity, at most one at a time: reading the thread after an ended run, then outbox items in order,
 * then the availability check, then the bot.
 */
import type { RecordEntry } from '../../../bots/bot.js';
import { accountOf } from './handover-note.js';
import { exchange, unlessHumans } from '../transitions/categories.js';
import { solved } from '../transitions/closing.js';
import { controlBefore, needsControl } from '../transitions/messenger-control.js';
import { asVirtualAgent, recategorisedBy, voiceOnMessenger } from './drivers.js';
import { controlFailed, controlWork } from '../transitions/messenger-driver.js';
import { profileCustomer } from '../transitions/customers.js';
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
import { beginTurn, finishTurn, keepMemory, quietAt } from '../transitions/turn.js';
import { wholeSecond } from '../../contract/whole-second.js';
import type { PostReplyInput, Work } from '../../contract/work.js';
import { giveUpReply } from '../transitions/give-up-reply.js';
import { isEmergencyNotice } from '../transitions/emergency-notice.js';
import { isLate, waitingSince } from '../transitions/late-replies.js';
import { isOverdue } from '../transitions/retries.js';
import { askAgainAt, askedAgain } from '../transitions/unknown-bot.js';
import { openBefore } from '../transitions/open-intervention.js';
import type { OutboxItem, ReplyItem } from '../state/outbox-item.js';
import { withConversation } from '../state/conversation.js';
import { withOutbox } from '../state/outbox.js';

/**
 * `hasFired`: the thread's timer has just fired. Only then does something start that waits for a time: a
 * workflow task that is repeated after the loss of a worker sees another time than the lost one, but the
 * history records that a timer fired.
 */
export function plan(state: ThreadState, now: number, hasFired = false): ThreadState {
  if (state.outbox.inFlight) return state;
  const mayTry = ({ nextAttemptAt }: { readonly nextAttemptAt?: number }) =>
    nextAttemptAt === undefined || (hasFired && nextAttemptAt <= now);
  const { mustRead } = state.inbox;
  if (mustRead) return mayTry(mustRead) ? readContents(state) : state;
  const current = dropStale(state);
  const [item] = current.outbox.items;
  if (item) return mayTry(item) ? startItem(current, item, now) : current;
  if (current.human.request) return askAvailability(current);
  const idle = finishTurn(current);
  if (hasFired && isDue(queuePollAt(idle), now)) return findQueuePosition(idle, now);
  const isWithHumans = idle.ownership.phase === 'handover' || idle.ownership.phase === 'agent';
  if (isWithHumans && idle.routing.categoriesInDoubt) return readThread(idle);
  if (idle.ownership.phase !== 'bot') return idle;
  const { turn } = idle.conversation;
  if (turn?.unknownBot?.nextAttemptAt !== undefined) {
    return hasFired && isDue(askAgainAt(idle), now) ? askAgain(idle, turn, now) : idle;
  }
  if (turn) return turn.calls ? callOrAsk(idle, turn) : idle;
  return hasFired && isDue(quietAt(idle), now) ? startTurn(idle, now) : idle;
}

function isDue(at: number | undefined, now: number): boolean {
  return at !== undefined && at <= now;
}

function startTurn(state: ThreadState, now: number): ThreadState {
  if (state.routing.categoriesInDoubt) return readThread(state);
  const begun = beginTurn(state, now);
  return begun.conversation.turn ? ask(begun, begun.conversation.turn) : plan(begun, now);
}

function ask(state: ThreadState, turn: Turn): ThreadState {
  const anyWorker = turn.unknownBot && ({ anyWorker: true } as const);
  return start(state, 'askBot', { ...voiceOf(state), turn: questionOf(state, turn), ...anyWorker });
}

/** No worker knew the bot: the question, or the tool call, is repeated. */
function askAgain(state: ThreadState, turn: Turn, now: number): ThreadState {
  const again = askedAgain(turn, now);
  const next = withConversation(state, { turn: again });
  return again.calls ? callOrAsk(next, again) : ask(next, again);
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

function readContents(state: ThreadState): ThreadState {
  const { userId: botUserId } = state.settings.botUser;
  return start(state, 'readContents', { threadId: state.threadId, botUserId });
}

function askAvailability(state: ThreadState): ThreadState {
  const { sourceId, categories } = state.settings;
  return start(state, 'checkAvailability', { sourceId, categoryId: categories.agent });
}

function findQueuePosition(state: ThreadState, now: number): ThreadState {
  const reported = platformPosition(state);
  if (reported) return plan(notifyQueuePosition(state, reported, now), now);
  const {
    ownership: { since },
    settings,
  } = state;
  return start(state, 'findQueuePosition', { sourceName: settings.name, since });
}

/** Names of the bot and the source on whose behalf an activity runs, and the trace of the turn. */
function voiceOf(state: ThreadState) {
  return { sourceName: state.settings.name, botName: botOf(state).name, ...traceOf(state) };
}

function startItem(state: ThreadState, item: OutboxItem, now: number): ThreadState {
  switch (item.do) {
    case 'solve':
      return plan(solved(keepMemory(removeItem(state, item.key)), item.by ?? 'solved', now), now);
    case 'reply':
      return startReply(state, item, now);
    case 'control': {
      const work = controlWork(state, item);
      if (work) return start(state, work.do, work.input, item.key);
      return plan(controlFailed(state, item, 'the customer is unknown', now), now);
    }
    case 'writeProfile':
      return startProfile(state, item.key, now);
    case 'leaveNote':
    case 'setFields':
      return startOnIntervention(state, item, now);
    case 'recategorise':
    case 'lockThread':
    case 'openIntervention':
    case 'closeIntervention':
      return startStep(state, item);
  }
}

type Step = 'recategorise' | 'lockThread' | 'openIntervention' | 'closeIntervention';

/** Starts a step that is one call. */
function startStep(state: ThreadState, item: Extract<OutboxItem, { do: Step }>): ThreadState {
  const { threadId } = state;
  const as = asVirtualAgent(state);
  switch (item.do) {
    case 'recategorise': {
      const again = item.isAgain ? ({ isAgain: true } as const) : {};
      const change = { threadId, ...exchange(state, item), ...again };
      const by = { ...recategorisedBy(state, item), ...unlessHumans(state, item) };
      return start(state, 'recategorise', { ...change, ...by }, item.key);
    }
    case 'lockThread':
      return start(state, 'lockThread', { threadId }, item.key);
    case 'openIntervention': {
      const { contentId } = item;
      return start(state, 'openIntervention', { threadId, contentId, ...as }, item.key);
    }
    case 'closeIntervention': {
      const { interventionId } = item;
      return start(state, 'closeIntervention', { interventionId, ...as }, item.key);
    }
  }
}

/** Starts a note or custom fields on the intervention; without an open intervention the item is dropped. */
function startOnIntervention(
  state: ThreadState,
  item: Extract<OutboxItem, { do: 'leaveNote' | 'setFields' }>,
  now: number,
): ThreadState {
  const {
    human: { intervention },
  } = state;
  if (!intervention?.isOpen) {
    return plan(note(removeItem(state, item.key), now, { code: 'stepSkipped', do: item.do }), now);
  }
  const interventionId = intervention.id;
  if (item.do === 'setFields') {
    return start(state, 'setFields', { interventionId, fields: item.fields }, item.key);
  }
  const body = accountOf(state, item);
  return start(state, 'leaveNote', { interventionId, body }, item.key);
}

function startProfile(state: ThreadState, key: string, now: number): ThreadState {
  const {
    human: { intervention },
    settings,
  } = state;
  const identityId = profileCustomer(state);
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
  const since = waitingSince(state, reply);
  if (reply.state === 'confirming') return start(state, 'findReply', input, reply.key);
  if (reply.epoch !== state.ownership.epoch) return plan(removeItem(state, reply.key), now);
  if (isOverdue(state, { ...reply, ...(since !== undefined && { since }) }, now)) {
    return plan(giveUpReply(state, reply, reply.sends > 0, now), now);
  }
  if (needsControl(state, reply)) return plan(controlBefore(state), now);
  if (wantsIntervention(state, reply)) return plan(openBefore(state, reply), now);
  const late = isLate(state, reply, now) ? ({ isLate: true } as const) : {};
  return start(state, 'postReply', { ...input, ...late }, reply.key);
}

/** True if the bot must open an intervention before its first reply, so that its work is counted. */
function wantsIntervention(state: ThreadState, reply: ReplyItem): boolean {
  if (state.settings.openIntervention !== 'first' || reply.speaksAs !== 'bot') return false;
  return !state.human.intervention?.isOpen && !triedToOpen(state);
}

/** True if the bot has already tried to open an intervention in this conversation. */
function triedToOpen({ human: { openedInEpisode }, ownership: { episode } }: ThreadState): boolean {
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
    ...(isEmergencyNotice(reply) && { isEmergencyNotice: true as const }),
    botUserId: settings.botUser.userId,
    ownContentIds: state.outbox.sent.map(({ contentId }) => contentId),
    automaticIdentityIds: settings.automaticIdentityIds,
    seenContentIds: [...state.conversation.record, ...(state.human.waitingReplies ?? [])].map(
      ({ contentId }) => contentId,
    ),
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
  itemKey?: string,
): ThreadState {
  const id = `${state.outbox.activityCount + 1}`;
  const work = { id, do: what, input, ...(itemKey !== undefined && { itemKey }) } as Work;
  return withOutbox(state, { inFlight: work, activityCount: state.outbox.activityCount + 1 });
}
