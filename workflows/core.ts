/**
 * The pure core: what happened and when, in; the next state, out. No I/O, no clock, no Temporal.
 *
 * What is to be done is part of the state: `work` is the one activity that should be in flight, and
 * `deadlines` are read off it. The shell (`thread.ts`) makes reality follow.
 */
import { afterWork } from './after-work.js';
import { afterSilence, settleAt, silenceAt } from './closing.js';
import { obey, type Command } from './commands.js';
import type { EngageEvent } from './engage-event.js';
import { hear } from './hear.js';
import { takeIn } from './inbox.js';
import { afterSettling } from './intervention.js';
import { plan } from './plan.js';
import type { ThreadState } from './state.js';
import type { WorkEnd } from './work.js';

export type Happening =
  | { readonly type: 'events'; readonly events: readonly EngageEvent[] }
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'workEnded'; readonly end: WorkEnd }
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
  return plan(take(state, happening, now), now);
}

function take(state: ThreadState, happening: Happening, now: number): ThreadState {
  switch (happening.type) {
    case 'events': {
      const taken = takeIn(state, happening.events, now);
      return taken.fresh.reduce((next, event) => hear(next, event, now), taken.state);
    }
    case 'command':
      return obey(state, happening.command, now);
    case 'workEnded':
      return afterWork(state, happening.end, now);
    case 'timePassed':
      return afterTime(state, now);
  }
}

function afterTime(state: ThreadState, now: number): ThreadState {
  if ((settleAt(state) ?? Infinity) <= now) return afterSettling(state, now);
  if ((silenceAt(state) ?? Infinity) <= now) return afterSilence(state, now);
  return state;
}
