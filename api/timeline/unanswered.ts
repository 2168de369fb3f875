/**
 * Explains why the bot did not answer a customer's content: by the phase at that time, or by the outcome
 * of the turn. Pure; null where a reply followed or still may.
 */
import type { ThreadCard, Transcript } from '../../workflows/contract/index.js';
import { describeDecision } from './describe-decision.js';
import type { Clock } from './words.js';

type Content = Transcript['contents'][number];
type Phases = Transcript['phases'];

/**
 * Events caused by a content carry our clock, a little after the platform's time of the content; a
 * delivery takes a while as well.
 */
const slack = 30_000;

type Reading = { readonly clock: Clock; readonly now: number };

export function whyUnanswered(
  content: Content,
  transcript: Transcript,
  reading: Reading,
): string | null {
  if (content.by !== 'customer') return null;
  const { card, phases } = transcript;
  const at = indexAt(phases, content.issuedAt);
  if (phases[at]?.phase !== 'closed') return whyIn(at, content, transcript, reading);
  const next = phases[at + 1];
  const stayed = stayedClosed(card, content.issuedAt, next?.since ?? Infinity);
  // If nothing kept the thread closed, this content reopened it, however late it arrived.
  if (stayed !== undefined || !next) return stayed ?? 'the conversation was over';
  return whyIn(at + 1, content, transcript, reading);
}

function whyIn(
  at: number,
  content: Content,
  { card, contents, phases }: Transcript,
  { clock, now }: Reading,
): string | null {
  const phaseEntry = phases[at];
  if (!phaseEntry) return null;
  const began = phaseEntry.since;
  if (phaseEntry.phase === 'handover') return whileWaiting(phaseEntry.why, clock(began));
  if (phaseEntry.phase === 'agent') {
    return `a human had the thread since ${clock(began)}: ${phaseEntry.why}`;
  }
  const next = phases[at + 1];
  const until = next ? next.since + slack : Infinity;
  const isAnswered = contents.some(
    ({ by, issuedAt }) => by === 'bot' && issuedAt >= content.issuedAt && issuedAt <= until,
  );
  if (isAnswered) return null;
  if (next) return `${cutShort[next.phase]} at ${clock(next.since)}: ${next.why}`;
  return whyNotYet(content, card, { clock, now });
}

/** The phase that a content met or caused: a closed phase ends with the content that reopens the thread. */
function indexAt(phases: Phases, time: number): number {
  const at = phases.findLastIndex(({ since }) => since <= time);
  const after = phases[at + 1];
  const reopens = at === -1 || phases[at]?.phase === 'closed';
  return reopens && after && after.since <= time + slack ? at + 1 : at;
}

function whileWaiting(why: string, since: string): string {
  return `a handover had been requested at ${since} (${why}); the bot stays silent until the agent has finished`;
}

function stayedClosed({ decisions }: ThreadCard, time: number, until: number): string | undefined {
  const stayed = decisions.find(({ code, at }) => {
    const decidedAt = Date.parse(at);
    return code === 'stayedClosed' && decidedAt >= time - slack && decidedAt <= until;
  });
  return stayed && describeDecision(stayed).why;
}

const cutShort = {
  bot: 'the thread was returned to the bot',
  handover: 'the thread was handed over',
  agent: 'a human took the thread',
  closed: 'the conversation was closed',
} as const;

/** The bot has the thread and has not answered yet. */
function whyNotYet(content: Content, card: ThreadCard, { clock, now }: Reading): string | null {
  const { doing, outbox, waitingContents, botPausedUntil, decisions, deadlines } = card;
  const isPaused = botPausedUntil !== undefined && Date.parse(botPausedUntil) > now;
  if (waitingContents > 0 && isPaused) {
    return `the bot is paused until ${clock(botPausedUntil)}`;
  }
  const isAwaited = deadlines.some(({ name }) => name === 'late-answer' || name === 'bot-retry');
  if (isAwaited || doing !== undefined || outbox.length > 0 || waitingContents > 0) return null;
  const failed = decisions.findLast(
    (one) => one.code === 'botFailed' && Date.parse(one.at) >= content.issuedAt,
  );
  return failed
    ? `the bot gave no answer (${describeDecision(failed).why})`
    : 'the bot had nothing to say to it';
}
