/**
 * What to do next: at most one work at a time, what is owed first, in order, then the bot.
 */
import { accountOf } from './account.js';
import { exchange } from './categories.js';
import { solved } from './closing.js';
import { handOver, isLastWord } from './handover.js';
import { dropStale, owe, settle, type Owed, type OwedReply } from './outbox.js';
import { note, raiseAttention, type ThreadState } from './state.js';
import { beginTurn, finishTurn, questionOf, quietAt } from './turn.js';
import type { PostReplyInput, Work } from './work.js';

/** So often a post that surely did not happen is tried, before we stop believing it will. */
const tryLimit = 10;

/**
 * `hasRung`: the thread's timer has just rung. What waits for a time begins then and at no other moment:
 * where a worker was lost, a replay may date what came before otherwise than that worker did, but that
 * a timer rang is in the history.
 */
export function plan(state: ThreadState, now: number, hasRung = false): ThreadState {
  if (state.work) return state;
  const current = dropStale(state);
  const [owed] = current.owed;
  if (owed) {
    const { notBefore } = owed;
    const mayStart = notBefore === undefined || (hasRung && notBefore <= now);
    return mayStart ? startOwed(current, owed, now) : current;
  }
  if (current.wanted) return askDesk(current);
  const idle = finishTurn(current);
  if (idle.phase === 'handover' && idle.categoriesInDoubt) return readThread(idle);
  if (idle.phase !== 'bot' || idle.turn) return idle;
  const at = quietAt(idle);
  return hasRung && at !== undefined && at <= now ? think(idle, now) : idle;
}

function think(state: ThreadState, now: number): ThreadState {
  if (state.categoriesInDoubt) return readThread(state);
  const begun = beginTurn(state, now);
  if (!begun.turn) return plan(begun, now);
  const turn = questionOf(begun, begun.turn);
  return start(begun, 'askBot', { ...voiceOf(begun), turn });
}

function readThread(state: ThreadState): ThreadState {
  return start(state, 'readThread', { threadId: state.threadId });
}

function askDesk(state: ThreadState): ThreadState {
  const { sourceId, categories } = state.settings;
  return start(state, 'checkDesk', { sourceId, categoryId: categories.agent });
}

/** Whose voice the customer would hear. */
function voiceOf({ settings }: ThreadState) {
  return { sourceName: settings.name, botName: settings.bot.name };
}

function startOwed(state: ThreadState, owed: Owed, now: number): ThreadState {
  const { threadId } = state;
  switch (owed.do) {
    case 'solve':
      return plan(solved(settle(state, owed.key), owed.by ?? 'solved', now), now);
    case 'reply':
      return startReply(state, owed, now);
    case 'recategorise': {
      const again = owed.isAgain ? ({ isAgain: true } as const) : {};
      const change = { threadId, ...exchange(state, owed), ...again };
      return start(state, 'recategorise', change, owed.key);
    }
    case 'leaveNote':
    case 'setFields':
      return startAccount(state, owed, now);
    case 'lockThread':
      return start(state, 'lockThread', { threadId }, owed.key);
    case 'openIntervention':
      return start(state, 'openIntervention', { threadId, contentId: owed.contentId }, owed.key);
    case 'closeIntervention':
      return start(state, 'closeIntervention', { interventionId: owed.interventionId }, owed.key);
  }
}

/** Written on the intervention; where there is none, there is nothing to write on. */
function startAccount(
  state: ThreadState,
  owed: Extract<Owed, { do: 'leaveNote' | 'setFields' }>,
  now: number,
): ThreadState {
  const { intervention } = state;
  if (!intervention?.isOpen) {
    return plan(
      note(settle(state, owed.key), now, `no ${owed.do}`, 'no intervention is open'),
      now,
    );
  }
  const interventionId = intervention.id;
  if (owed.do === 'setFields') {
    return start(state, 'setFields', { interventionId, fields: owed.fields }, owed.key);
  }
  const body = accountOf(state, owed.about);
  return start(state, 'leaveNote', { interventionId, body }, owed.key);
}

function startReply(state: ThreadState, reply: OwedReply, now: number): ThreadState {
  const input = postInput(state, reply);
  if (reply.state === 'confirming') return start(state, 'findReply', input, reply.key);
  if (reply.epoch !== state.epoch) return plan(settle(state, reply.key), now);
  const isUnconfirmed = reply.sends >= state.settings.confirm.sends;
  if (isUnconfirmed || reply.tries >= tryLimit) {
    return plan(giveUpReply(state, reply, isUnconfirmed, now), now);
  }
  if (wantsIntervention(state, reply)) return plan(openBefore(state, reply), now);
  return start(state, 'postReply', input, reply.key);
}

/** Never silence: a reply that cannot be sent is a reason for a human, once. */
export function giveUpReply(
  state: ThreadState,
  reply: OwedReply,
  isUnconfirmed: boolean,
  now: number,
): ThreadState {
  const code = isUnconfirmed ? 'replyUnconfirmed' : 'replyUndelivered';
  const next = raiseAttention(settle(state, reply.key), now, code);
  if (reply.speaksAs !== 'bot' || isLastWord(reply) || next.phase !== 'bot') return next;
  return handOver(next, { because: 'replyRefused', farewell: [] }, now);
}

/** The bot opens the intervention before its first reply: without one its work is not counted. */
function wantsIntervention(state: ThreadState, reply: OwedReply): boolean {
  if (state.settings.openIntervention !== 'first' || reply.speaksAs !== 'bot') return false;
  return !state.intervention?.isOpen && !hasAskedFor(state);
}

function hasAskedFor({ openedInEpisode, episode }: ThreadState): boolean {
  return openedInEpisode === episode;
}

/** Once an episode: whether it opens or is refused, the reply goes out next. */
export function openBefore(state: ThreadState, reply: OwedReply): ThreadState {
  const { epoch, owed, episode } = state;
  const key = `${epoch}/open/${reply.inReplyToId}`;
  const open = { do: 'openIntervention', key, epoch, contentId: reply.inReplyToId } as const;
  return owe({ ...state, owed: [], openedInEpisode: episode }, open, ...owed);
}

function postInput(state: ThreadState, reply: OwedReply): PostReplyInput {
  const { settings, threadId } = state;
  return {
    threadId,
    ...voiceOf(state),
    inReplyToId: reply.inReplyToId,
    body: reply.body,
    isPrivate: reply.isPrivate,
    botUserId: settings.botUser.userId,
    ownContentIds: state.sent.map(({ contentId }) => contentId),
    automaticIdentityIds: settings.automaticIdentityIds,
    knownContentIds: state.record.map(({ contentId }) => contentId),
    lookSince: Math.max(state.humanDoneIssuedAt, state.record[0]?.issuedAt ?? 0),
    ...(reply.speaksAs === 'bot' && { botCategoryId: settings.categories.bot }),
    ...(state.expectedContents !== undefined && { expectedContents: state.expectedContents }),
  };
}

function start<D extends Work['do']>(
  state: ThreadState,
  what: D,
  input: Extract<Work, { do: D }>['input'],
  owedKey?: string,
): ThreadState {
  const id = `${state.workCount + 1}`;
  const work = { id, do: what, input, ...(owedKey !== undefined && { owedKey }) } as Work;
  return { ...state, work, workCount: state.workCount + 1 };
}
