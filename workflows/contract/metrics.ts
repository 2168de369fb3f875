/**
 * Metrics counted inside workflows: their names, help texts, and initial counters. Workers initialise
 * all counters with 0, because Prometheus cannot see the increase of a counter that first appears with
 * value 1.
 */
import { attentionCodes } from './attention.js';
import type { Move } from './lifecycle.js';
import type { HandoverReason } from './reason.js';
import type { Counts } from './counts.js';

export const metricHelp = {
  baton_turns: 'Turns begun',
  baton_replies: 'Replies that the platform accepted',
  baton_crossed_replies: 'Replies that reached the platform after a human had taken over',
  baton_duplicates: 'Events received before',
  baton_stale: 'Events older than a thread remembers',
  baton_overtaken_events: 'Events older than a later human action',
  baton_backfilled_events: 'Events that no webhook delivered and the reconciler found',
  baton_refused_moves: 'Phase changes that the lifecycle does not allow',
  baton_ambiguous_replies: 'Attempts to post a reply whose answer was lost',
  baton_phase_changes: 'Phase changes',
  baton_handovers: 'Handovers to a human, by reason',
  baton_conversations_ended: 'Conversations that ended; contained: no human was needed',
  baton_attention: 'Times that a thread needed a person, by reason',
  baton_phase_seconds: 'Duration of phases that have ended',
  baton_waited_seconds: 'Time that customers waited for a human until one came',
  baton_reply_seconds: 'Time from the beginning of a turn to its first reply on the platform',
  baton_outbox_age_seconds: 'Age of the oldest outbox item at each step of its thread',
  baton_reconcile_runs: 'Runs of the reconciler, by whether they found what needs a person',
} as const;
export type MetricName = keyof typeof metricHelp;

/** Reasons that lead a thread to a human by an act of ours or of the platform. */
const reasons = {
  ...{ customerAsked: true, botGaveUp: true, botFailed: true, replyRefused: true },
  ...{ replyLate: true, operatorAsked: true, emergency: true, categoryChanged: true },
} satisfies Record<HandoverReason, true> & Partial<Record<Move, true>>;

/** Metric names of a thread's own counters. */
export const counted = {
  turns: 'baton_turns',
  replies: 'baton_replies',
  crossedReplies: 'baton_crossed_replies',
  duplicates: 'baton_duplicates',
  stale: 'baton_stale',
  late: 'baton_overtaken_events',
  backfilled: 'baton_backfilled_events',
  refusedMoves: 'baton_refused_moves',
  ambiguousReplies: 'baton_ambiguous_replies',
} as const satisfies Record<keyof Counts, MetricName>;

export type Count = {
  readonly name: MetricName;
  readonly labels: Readonly<Record<string, string>>;
};

/** The counters of one source. Moves are left out: there are too many combinations to initialise. */
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
