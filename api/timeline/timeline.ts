/**
 * Builds a thread's timeline: contents and decisions with their reasons in order of time, and the phase
 * history. Pure; made from the thread's transcript.
 */
import type { Transcript } from '../../workflows/contract/index.js';
import { describeDecision } from './describe-decision.js';
import type { Moment, PhaseEntry, Timeline } from './shapes.js';
import { whyUnanswered } from './unanswered.js';
import { explainState } from './why.js';
import type { Clock } from './words.js';

export function createTimeline(
  transcript: Transcript,
  { clock, now }: { readonly clock: Clock; readonly now: number },
): Timeline {
  const { card } = transcript;
  const said = transcript.contents.map((content): Moment => {
    const { by, body, contentId, issuedAt } = content;
    const why = whyUnanswered(content, transcript, { clock, now });
    return { is: 'content', at: iso(issuedAt), by, body, contentId, why };
  });
  const decided = card.decisions.map((one): Moment => {
    return { is: 'decision', at: one.at, code: one.code, ...describeDecision(one) };
  });
  return {
    id: `${card.domainId}:${card.threadId}`,
    now: iso(now),
    why: explainState(card, clock, now),
    phases: phaseEntriesOf(transcript),
    moments: [...said, ...decided].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  };
}

/** A thread of an earlier version reports its current phase only. */
function phaseEntriesOf({ card, phases }: Transcript): readonly PhaseEntry[] {
  if (phases.length === 0) {
    return [{ phase: card.phase, from: card.since, to: null, why: card.why }];
  }
  return phases.map(({ phase, since, why }, i) => {
    const next = phases[i + 1];
    return { phase, from: iso(since), to: next ? iso(next.since) : null, why };
  });
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
