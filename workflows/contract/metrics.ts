/**
 * What is counted inside workflows: every name, what it is, and how its counters look before anything has
 * happened. A counter that first shows itself with a 1 has never risen, as far as Prometheus can tell:
 * a worker therefore counts them all from 0.
 */
import { attentionCodes } from './attention.js';
import type { Move } from './lifecycle.js';
import type { HandoverReason } from './reason.js';
import type { Counts } from './counts.js';

export const measures = {
  baton_turns: 'Turns begun',
  baton_replies: 'Replies the platform has taken',
  baton_leaks: 'Replies that crossed a human’s takeover',
  baton_duplicates: 'Events heard before',
  baton_stale: 'Events too old to mean anything',
  baton_late: 'Facts that an act of a human had overtaken',
  baton_healed: 'Facts that no webhook brought, but the reconciler',
  baton_refused_moves: 'Moves the lifecycle does not allow',
  baton_ambiguous_replies: 'Posts of which the answer was lost',
  baton_phase_changes: 'Moves from phase to phase',
  baton_handovers: 'Handovers to a human, by reason',
  baton_conversations_ended: 'Conversations that ended; contained: no human was needed',
  baton_attention: 'Times a person was called to look at a thread',
  baton_phase_seconds: 'Time in a phase that has ended',
  baton_waited_seconds: 'Time a customer waited for a human until one came',
  baton_reply_seconds: 'Time from a turn’s beginning to its first reply on the platform',
  baton_outbox_age_seconds: 'Age of the oldest thing owed, each time its thread takes a step',
  baton_reconcile_runs:
    'Runs of the reconciler, by whether a person should look at what they found',
} as const;
export type MeasureName = keyof typeof measures;

/** Each leads a thread to a human by our own doing or the platform's. */
const reasons = {
  ...{ customerAsked: true, botGaveUp: true, botFailed: true, replyRefused: true },
  ...{ operatorAsked: true, emergency: true, categoryChanged: true, botDeactivated: true },
} satisfies Record<HandoverReason, true> & Partial<Record<Move, true>>;

/** What a thread's own counts are called. */
export const counted = {
  turns: 'baton_turns',
  replies: 'baton_replies',
  leaks: 'baton_leaks',
  duplicates: 'baton_duplicates',
  stale: 'baton_stale',
  late: 'baton_late',
  healed: 'baton_healed',
  refusedMoves: 'baton_refused_moves',
  ambiguousReplies: 'baton_ambiguous_replies',
} as const satisfies Record<keyof Counts, MeasureName>;

export type Count = {
  readonly name: MeasureName;
  readonly labels: Readonly<Record<string, string>>;
};

/** Of the threads of one source. Moves are too many to be told before they happen. */
export function threadCounts(source: string): readonly Count[] {
  const labelled: readonly Count[] = [
    ...Object.values(counted).map((name) => ({ name, labels: {} })),
    ...Object.keys(reasons).map(
      (reason) => ({ name: 'baton_handovers', labels: { reason } }) as const,
    ),
    ...attentionCodes.map((code) => ({ name: 'baton_attention', labels: { code } }) as const),
    ...['true', 'false'].map(
      (contained) => ({ name: 'baton_conversations_ended', labels: { contained } }) as const,
    ),
  ];
  return labelled.map(({ name, labels }) => ({ name, labels: { source, ...labels } }));
}

export const reconcileCounts: readonly Count[] = ['nothing', 'trouble'].map((found) => ({
  name: 'baton_reconcile_runs',
  labels: { found },
}));
