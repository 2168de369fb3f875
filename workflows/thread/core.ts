/**
 * The pure core: what happened and when, in; the next state, out. No I/O, no clock, no Temporal.
 *
 * What is to be done is part of the state: `work` is the one activity that should be in flight, and
 * `deadlines` are read off it. The shell (`thread.ts`) makes reality follow.
 */
import type { BotAnswer } from '../../bots/bot.js';
import { afterAlert, noteAlerts, type AlertEnd } from './transitions/alerts.js';
import { afterAnswer, afterNoAnswer, laterUntil } from './transitions/bot-answer.js';
import { afterWork } from './transitions/activity-results.js';
import { place } from './transitions/categories.js';
import { climb } from './transitions/escalation.js';
import { afterSilence, inclusionAt, settleAt, silenceAt } from './transitions/closing.js';
import { obey, type Command } from './transitions/commands.js';
import { afterNoTask, confirmAt } from './transitions/handover-confirmation.js';
import type { EngageEvent } from '../contract/engage-event.js';
import { hear } from './transitions/events.js';
import { takeIn } from './transitions/inbox.js';
import { afterSettling } from './transitions/intervention.js';
import { rungAt } from './transitions/escalation-timers.js';
import { dated } from './state/outbox-operations.js';
import { plan } from './planning/next-activity.js';
import { count, note, type ThreadState } from './state/state.js';
import type { WorkEnd } from '../contract/work.js';

export type Happening =
  | { readonly type: 'events'; readonly events: readonly EngageEvent[] }
  /** Facts the reconciler found: the same, but counted. */
  | { readonly type: 'healed'; readonly events: readonly EngageEvent[] }
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'answered'; readonly to: string; readonly answer: BotAnswer }
  | { readonly type: 'workEnded'; readonly end: WorkEnd }
  | { readonly type: 'alertEnded'; readonly end: AlertEnd }
  | { readonly type: 'timePassed' };

/** One batch: the platform's facts together, so that they can be put in order, then the rest. */
export function inOrder(queue: readonly Happening[], hasRung: boolean): readonly Happening[] {
  const events = queue.flatMap((one) => (one.type === 'events' ? one.events : []));
  const others = queue.filter(({ type }) => type !== 'events');
  return [
    ...(events.length > 0 ? [{ type: 'events', events } as const] : []),
    ...others,
    ...(hasRung ? [{ type: 'timePassed' } as const] : []),
  ];
}

export function step(state: ThreadState, happening: Happening, now: number): ThreadState {
  const next = plan(take(state, happening, now), now, happening.type === 'timePassed');
  return noteAlerts(state, dated(next, now), now);
}

function take(state: ThreadState, happening: Happening, now: number): ThreadState {
  switch (happening.type) {
    case 'events':
    case 'healed': {
      const taken = takeIn(state, happening.events, now);
      const isHealed = happening.type === 'healed' && taken.fresh.length > 0;
      const heard = isHealed ? healed(taken.state, taken.fresh.length, now) : taken.state;
      return taken.fresh.reduce((next, event) => hear(next, event, now), heard);
    }
    case 'command':
      return obey(state, happening.command, now);
    case 'answered':
      return afterAnswer(state, happening, now);
    case 'workEnded':
      return afterWork(state, happening.end, now);
    case 'alertEnded':
      return afterAlert(state, happening.end, now);
    case 'timePassed':
      return afterTime(state, now);
  }
}

function healed(state: ThreadState, facts: number, now: number): ThreadState {
  return note(count(state, 'healed', facts), now, 'healed', 'no webhook had brought it');
}

function afterTime(state: ThreadState, now: number): ThreadState {
  const isDue = (at: number | undefined) => at !== undefined && at <= now;
  if (isDue(laterUntil(state))) return afterNoAnswer(state, now);
  if (isDue(settleAt(state))) return afterSettling(state, now);
  if (isDue(inclusionAt(state))) return place(state, 'bot');
  if (isDue(confirmAt(state))) return afterNoTask(state, now);
  if (isDue(rungAt(state))) return climb(state, now);
  if (isDue(silenceAt(state))) return afterSilence(state, now);
  return state;
}
