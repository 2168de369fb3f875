/** Builds the API's views of threads from Temporal's searches and the threads' own queries. Pure. */
import { createTimeline } from '../timeline/timeline.js';
import { outcomeInWords } from '../timeline/explain-next.js';
import { explainState } from '../timeline/why.js';
import { attentionInWords, clockIn, deadlineInWords } from '../timeline/words.js';
import type { FoundThread, SeenThread } from '../../temporal/operated-threads.js';
import { threadWorkflowId, type ThreadCard } from '../../workflows/contract/index.js';
import type { ThreadLine, ThreadView, Timeline } from './answers.js';
import type { ThreadId } from '../../temporal/thread-id.js';

export type Reading = { readonly timeZone: string; readonly now: number };

export function formatThreadId({ domainId, threadId }: ThreadId): string {
  return `${domainId}:${threadId}`;
}

/** `undefined` for an invalid id. */
export function parseId(id: string): ThreadId | undefined {
  const [, domainId, threadId] = /^([\w.-]{1,100}):([\w.-]{1,200})$/.exec(id) ?? [];
  return domainId === undefined || threadId === undefined ? undefined : { domainId, threadId };
}

export function toThreadLine(found: FoundThread): ThreadLine {
  return {
    id: formatThreadId(found),
    source: found.source ?? '',
    phase: found.phase ?? 'closed',
    reason: found.reason ?? null,
    since: found.phaseSince ?? null,
    attention: found.attention,
    next: found.next ? { who: found.next, since: found.unansweredSince ?? null } : null,
  };
}

function describeNext(card: ThreadCard): ThreadView['next'] {
  if (!card.next) return null;
  const { then, ...next } = card.next;
  return { ...next, then: { ...then, at: then.at ?? null, words: outcomeInWords(card) } };
}

/** Every reason in words. */
function describeAttention(attention: ThreadCard['attention']): string | null {
  return attention.length > 0
    ? attention.map(({ code }) => attentionInWords[code]).join('; ')
    : null;
}

export function toThreadView(
  { transcript: { card }, isRunning }: SeenThread,
  { timeZone, now }: Reading,
  temporalUi: string | undefined,
): ThreadView {
  const { attention } = card;
  return {
    id: formatThreadId(card),
    ...{ source: card.source, phase: card.phase, since: card.since, bot: card.bot },
    reason: card.reason ?? null,
    attention: attention.length > 0,
    next: describeNext(card),
    attentionWhy: describeAttention(attention),
    isRunning,
    botPausedUntil: pausedUntil(card, now),
    why: explainState(card, clockIn(timeZone, now), now),
    deadlines: card.deadlines.map(({ name, at }) => ({
      ...{ name, at, words: deadlineInWords(name, card) },
    })),
    doing: card.doing ?? null,
    waitingContents: card.waitingContents,
    outbox: card.outbox,
    counts: card.counts,
    commands: isRunning ? card.commands : [],
    temporalUrl: temporalUi ? urlOf(temporalUi, card) : null,
  };
}

export function toTimeline({ transcript }: SeenThread, { timeZone, now }: Reading): Timeline {
  return createTimeline(transcript, { clock: clockIn(timeZone, now), now });
}

function pausedUntil({ botPausedUntil: until }: ThreadCard, now: number): string | null {
  return until !== undefined && Date.parse(until) > now ? until : null;
}

function urlOf(ui: string, { domainId, threadId }: ThreadId): string {
  const id = encodeURIComponent(threadWorkflowId(domainId, threadId));
  return `${ui.replace(/\/$/, '')}/workflows/${id}`;
}
