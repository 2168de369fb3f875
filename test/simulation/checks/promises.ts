/**
 * What threads say of themselves, against what has happened: given up by time and not by tries, escalations in
 * the humans' working time, and every reason for attention by itself.
 */
import { openingAt } from '../../../engage/availability/hours.js';
import { sourceSettings } from '../../../settings/business.js';
import type { ThreadCard } from '../../../workflows/contract/index.js';
import { deployedIn } from '../plan/plan.js';
import { createBusiness } from '../world/business.js';
import type { Evidence, ThreadEvidence } from './evidence.js';
import type { Violation } from './violation.js';

const minute = 60_000;

type Decision = ThreadCard['decisions'][number];

function decisionsOf<C extends Decision['code']>({ card }: ThreadEvidence, code: C) {
  return (card?.decisions ?? []).filter(
    (one): one is Extract<Decision, { code: C }> => one.code === code,
  );
}

/** Failures that pass, as an outage or a refused token, let nothing be given up before `giveUpAfter`. */
const lasting = ['403', '404', '422'] as const;

export function givenUpEarly(evidence: Evidence): readonly Violation[] {
  const { plan, threads } = evidence;
  const isLasting = plan.acts.some(
    (act) => act.do === 'conditions' && lasting.some((name) => act.platform?.[name] !== undefined),
  );
  if (isLasting) return [];
  // A thread that began before a deployment may have the settings of then.
  const soonest = Math.min(
    ...deployedIn(plan).flatMap((choices) =>
      Object.values(createBusiness(choices).sources).map(({ giveUpAfter }) => giveUpAfter),
    ),
  );
  return threads.flatMap((one) => {
    return decisionsOf(one, 'attentionRaised').flatMap(({ attention, at }) => {
      const since = Date.parse(one.thread.created_at);
      const isGivenUp = attention === 'replyUnconfirmed' || attention === 'categoriesNotSet';
      const waited = Date.parse(at) - since;
      const isEarly = waited < soonest - minute;
      if (!isGivenUp || !isEarly) return [];
      const what = `${attention} after ${Math.round(waited / minute)} minutes, although failures passed`;
      return [
        { check: 'given up by time, not by tries', thread: one.id, at: Date.parse(at), what },
      ];
    });
  });
}

/** Waiting for humans counts their working time. */
export function escalationsAtNight({ world, plan, threads, now }: Evidence): readonly Violation[] {
  // A thread that began before a deployment may have counted by the hours of then.
  if (deployedIn(plan).length > 1) return [];
  const openings = new Map<string, boolean>();
  return threads.flatMap((one) => {
    const source = Object.values(world.business.sources).find(
      ({ id }) => id === one.thread.source_id,
    );
    const settings = sourceSettings(world.business, one.thread.source_id, now);
    const { hours } = source ?? {};
    if (!hours) return [];
    return decisionsOf(one, 'escalated').flatMap(({ escalation, step, at }) => {
      if (escalation !== 'nobodyComes' && escalation !== 'agentSilent') return [];
      const after = settings?.escalations?.[escalation]?.[step - 1]?.after ?? 0;
      const since = Math.max(
        ...one.phases.map(({ since: begun }) => begun).filter((t) => t < Date.parse(at)),
      );
      const isOpen = (time: number) => {
        const key = `${one.thread.source_id} ${time}`;
        const known = openings.get(key) ?? openingAt(hours, time).isOpen;
        openings.set(key, known);
        return known;
      };
      const open = openTime(isOpen, since, Date.parse(at));
      if (open >= after - 2 * minute) return [];
      const what = `${escalation} ${step} after ${Math.round(open / minute)} of ${after / minute} working minutes`;
      return [{ check: 'nights do not count', thread: one.id, at: Date.parse(at), what }];
    });
  });
}

/** Hours begin and end at whole multiples of it. */
const slot = 15 * minute;

/** Milliseconds within the hours, slot by slot. */
function openTime(isOpen: (slotAt: number) => boolean, from: number, to: number): number {
  let open = 0;
  for (let at = Math.floor(from / slot) * slot; at < to; at += slot) {
    if (isOpen(at)) open += Math.min(at + slot, to) - Math.max(at, from);
  }
  return open;
}

/** A reminder raises its own attention, whatever else is raised; only a human or an answer ends it. */
export function hiddenAttention({ threads, now }: Evidence): readonly Violation[] {
  return threads.flatMap((one) => {
    const { card, id } = one;
    const reminded = decisionsOf(one, 'escalated').findLast(({ do: what }) => what === 'remind');
    if (!card || !reminded || Date.parse(reminded.at) < Date.parse(card.since)) return [];
    const code = card.phase === 'agent' ? 'agentSilent' : 'nobodyComes';
    const isWaiting = card.next !== undefined && card.next.unanswered > 0;
    const isHidden =
      (card.phase === 'agent' || card.phase === 'handover') &&
      isWaiting &&
      Date.parse(card.next.since) <= Date.parse(reminded.at) &&
      !card.attention.some((raised) => raised.code === code);
    if (!isHidden) return [];
    const codes = card.attention.map((raised) => raised.code).join() || 'nothing';
    const what = `reminded at ${reminded.at}, but attention is ${codes} without ${code}`;
    return [{ check: 'every reason for attention is raised', thread: id, at: now, what }];
  });
}
