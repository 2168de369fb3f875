/**
 * The pure core of a thread: takes a state, a queue entry and the time, and returns the next state. No
 * I/O, no clock, no Temporal.
 *
 * The state says what to do next: `outbox.inFlight` is the one activity that should run, and all deadlines
 * are derived from the state. The shell (`workflow.ts`) starts and cancels activities and timers
 * accordingly.
 */
import type { BotAnswer } from '../../bots/bot.js';
import { afterAlert, recordAlerts, type AlertEnd } from './transitions/alerts.js';
import { afterAnswer, afterNoAnswer, laterUntil } from './transitions/bot-answer.js';
import { afterWork } from './transitions/activity-results.js';
import { afterRunEnded } from './transitions/rebuild.js';
import type { RunEnded } from '../contract/ended-run.js';
import { assignCategory } from './transitions/categories.js';
import { escalate } from './transitions/escalation.js';
import { afterSilence, inclusionAt, settleAt } from './transitions/closing.js';
import { applyCommand, type Command } from './transitions/commands.js';
import { afterNoTask, confirmAt } from './transitions/handover-confirmation.js';
import type { EngageEvent } from '../contract/engage-event.js';
import { handleEvent } from './transitions/events.js';
import { receiveNew } from './transitions/inbox.js';
import { afterSettling } from './transitions/intervention.js';
import { escalationStepAt, silenceAt } from './transitions/escalation-timers.js';
import { stamped } from './state/outbox-operations.js';
import { plan } from './planning/next-activity.js';
import { count, note, type ThreadState } from './state/state.js';
import type { WorkEnd } from '../contract/work.js';

/** One entry of the thread's queue. `answered`: a deferred answer of the bot; `timePassed`: the timer fired. */
export type Happening =
  | { readonly type: 'events'; readonly events: readonly EngageEvent[] }
  /** Events found by the reconciler: handled like all others, and counted. */
  | { readonly type: 'backfilled'; readonly events: readonly EngageEvent[] }
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'answered'; readonly to: string; readonly answer: BotAnswer }
  | { readonly type: 'workEnded'; readonly end: WorkEnd }
  | { readonly type: 'runEnded'; readonly ended: RunEnded }
  | { readonly type: 'alertEnded'; readonly end: AlertEnd }
  | { readonly type: 'timePassed' };

/**
 * Orders one batch: first all events of the platform as one entry, so that they can be sorted, then the
 * other entries, at last the fired timer.
 */
export function inOrder(queue: readonly Happening[], hasFired: boolean): readonly Happening[] {
  const events = queue.flatMap((one) => (one.type === 'events' ? one.events : []));
  const others = queue.filter(({ type }) => type !== 'events');
  return [
    ...(events.length > 0 ? [{ type: 'events', events } as const] : []),
    ...others,
    ...(hasFired ? [{ type: 'timePassed' } as const] : []),
  ];
}

export function step(state: ThreadState, happening: Happening, now: number): ThreadState {
  const next = plan(apply(state, happening, now), now, happening.type === 'timePassed');
  return recordAlerts(state, stamped(next, now), now);
}

function apply(state: ThreadState, happening: Happening, now: number): ThreadState {
  switch (happening.type) {
    case 'events':
    case 'backfilled': {
      const received = receiveNew(state, happening.events, now);
      const isBackfilled = happening.type === 'backfilled' && received.fresh.length > 0;
      const noted = isBackfilled
        ? backfilled(received.state, received.fresh.length, now)
        : received.state;
      return received.fresh.reduce((next, event) => handleEvent(next, event, now), noted);
    }
    case 'command':
      return applyCommand(state, happening.command, now);
    case 'answered':
      return afterAnswer(state, happening, now);
    case 'workEnded':
      return afterWork(state, happening.end, now);
    case 'runEnded':
      return afterRunEnded(state, happening.ended, now);
    case 'alertEnded':
      return afterAlert(state, happening.end, now);
    case 'timePassed':
      return afterTime(state, now);
  }
}

function backfilled(state: ThreadState, events: number, now: number): ThreadState {
  return note(count(state, 'backfilled', events), now, { code: 'backfilled', events });
}

/**
 * Handles the first of these deadlines that is due; another one fires the timer again. `plan` handles the
 * deadlines of outbox, burst and queue position, and the shell ends the run after `retention`.
 */
function afterTime(state: ThreadState, now: number): ThreadState {
  const isDue = (at: number | undefined) => at !== undefined && at <= now;
  if (isDue(laterUntil(state))) return afterNoAnswer(state, now);
  if (isDue(settleAt(state))) return afterSettling(state, now);
  if (isDue(inclusionAt(state))) return assignCategory(state, 'bot');
  if (isDue(confirmAt(state))) return afterNoTask(state, now);
  if (isDue(escalationStepAt(state))) return escalate(state, now);
  if (isDue(silenceAt(state))) return afterSilence(state, now);
  return state;
}
