/**
 * Derives the metrics of one step of a thread by comparing the states before and after it. Pure.
 *
 * Labels are our own vocabulary and the source's name in `baton.config.ts`; none is an id or external
 * input. Several moves within one step, as in a batch of late events, count as one, from the first
 * phase to the last.
 */
import { counted, type MetricName } from '../../contract/metrics.js';
import type { ThreadState } from '../state/state.js';
import type { Counts } from '../../contract/counts.js';
import type { ReplyItem } from '../state/outbox-item.js';

/** `counter`: increase of a counter. `seconds`: one observation of a histogram. */
export type Measurement = {
  readonly name: MetricName;
  readonly is: 'counter' | 'seconds';
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
};

/** `now`: the time of the step. */
export function measurementsOf(
  before: ThreadState,
  after: ThreadState,
  now: number,
): readonly Measurement[] {
  if (before === after) return [];
  const found = [
    ...countsOf(before, after),
    ...phaseOf(before, after),
    ...waitedOf(before, after),
    ...attentionOf(before, after),
    ...replyOf(before, after, now),
    ...outboxOf(before, now),
  ];
  const { name: source } = after.settings;
  return found.map((one) => ({ ...one, labels: { source, ...one.labels } }));
}

function counter(name: MetricName, labels = {}, value = 1): Measurement {
  return { name, is: 'counter', value, labels };
}

/** A negative duration, after the clock was set back, counts as 0. */
function seconds(name: MetricName, ms: number, labels = {}): Measurement {
  return { name, is: 'seconds', value: Math.max(0, ms) / 1_000, labels };
}

function countsOf(before: ThreadState, after: ThreadState): readonly Measurement[] {
  if (before.report.counts === after.report.counts) return [];
  const keys = Object.keys(counted) as (keyof Counts)[];
  return keys.flatMap((key) => {
    const more = after.report.counts[key] - before.report.counts[key];
    return more > 0 ? [counter(counted[key], {}, more)] : [];
  });
}

function phaseOf(before: ThreadState, after: ThreadState): readonly Measurement[] {
  const {
    ownership: { phase: from, since },
  } = before;
  const {
    ownership: { phase: to, reason = 'none' },
  } = after;
  if (from === to) return [];
  return [
    counter('baton_phase_changes', { from, to, reason }),
    ...(from === 'closed'
      ? []
      : [seconds('baton_phase_seconds', after.ownership.since - since, { phase: from })]),
    ...(to === 'handover' ? [counter('baton_handovers', { reason })] : []),
    ...(to === 'closed' ? [endedOf(before, after)] : []),
  ];
}

/**
 * A thread that leaves a phase other than `bot` is not contained, whatever `neededIn` of an older
 * version says.
 */
function endedOf(before: ThreadState, after: ThreadState): Measurement {
  const isContained =
    before.ownership.phase === 'bot' && after.human.neededIn !== after.ownership.episode;
  return counter('baton_conversations_ended', { contained: `${isContained}` });
}

function waitedOf({ human: { waited: before } }: ThreadState, { human: { waited } }: ThreadState) {
  return waited === undefined || waited === before ? [] : [seconds('baton_waited_seconds', waited)];
}

function attentionOf(
  { report: { attention: before } }: ThreadState,
  { report: { attention } }: ThreadState,
) {
  if (!attention || (attention.code === before?.code && attention.since === before.since))
    return [];
  return [counter('baton_attention', { code: attention.code })];
}

/** Time from the start of a turn to its first reply. */
function replyOf(
  { conversation: { turn }, outbox: { sent: before, items } }: ThreadState,
  { outbox: { sent } }: ThreadState,
  now: number,
) {
  if (!turn || turn.hasSpoken || sent === before) return [];
  const replies = items.filter((one): one is ReplyItem => one.do === 'reply');
  const isOfTurn = (key: string) =>
    replies.some((one) => one.key === key && one.inReplyToId === turn.id);
  const earlier = new Set(before.map(({ key }) => key));
  const isSaid = sent.some(({ key }) => !earlier.has(key) && isOfTurn(key));
  return isSaid ? [seconds('baton_reply_seconds', now - turn.startedAt)] : [];
}

/** Age of the oldest outbox item. Growing ages show that calls to the platform do not succeed. */
function outboxOf(
  {
    outbox: {
      items: [oldest],
    },
  }: ThreadState,
  now: number,
): readonly Measurement[] {
  if (oldest?.since === undefined) return [];
  return [seconds('baton_outbox_age_seconds', now - oldest.since)];
}
