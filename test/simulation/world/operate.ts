/** Operators at work, by Baton's own access to Temporal. They do not wait, and they try once. */
import { declareIn, endIn } from '../../../temporal/emergencies.js';
import { CommandRefused, sendCommand, ThreadOver } from '../../../temporal/operated-threads.js';
import { threadWorkflowId, type Scope } from '../../../workflows/contract/index.js';
import { domainId } from '../../../simulator/seed.js';
import type { OperatorAct } from '../plan/plan.js';
import { threadOf } from './control.js';
import type { Stage } from './stage.js';

const by = 'kim';
const why = 'a reason';

/** Begins; the answer comes later, and a refusal is an answer. */
export function operate(world: Stage, act: OperatorAct): void {
  const { workflow } = world.operator;
  const within = 10_000;
  const inTime = <T>(call: () => Promise<T>) => world.withDeadline(within, call);
  const handle = (who: number) =>
    workflow.getHandle(threadWorkflowId(domainId, threadOf(world, who)));
  const updateId = world.nextUpdateId();
  switch (act.do) {
    case 'operator commands': {
      const thread = handle(act.who);
      begin(inTime(() => sendCommand(thread, { do: act.command, by, why }, updateId)));
      return;
    }
    case 'operator pauses bot': {
      const thread = handle(act.who);
      const { forMs } = act;
      begin(inTime(() => sendCommand(thread, { do: 'pauseBot', by, why, forMs }, updateId)));
      return;
    }
    case 'operator declares emergency': {
      const scope: Scope = act.scope === 'all' ? { all: true } : { source: act.scope };
      const sources = act.scope === 'all' ? undefined : [act.scope];
      world.emergency = scope;
      begin(inTime(() => declareIn(workflow, { scope, by, why, ...(sources && { sources }) })));
      return;
    }
    case 'operator ends emergency':
      endEmergency(world, inTime);
  }
}

/** An operator who is not answered tries again, until the bot may speak. */
export function endEmergency(
  world: Stage,
  inTime: <T>(call: () => Promise<T>) => Promise<T>,
): void {
  const scope = world.emergency;
  if (!scope) return;
  const tryOnce = () =>
    inTime(() => endIn(world.operator.workflow, { scope, by, why })).then(
      () => (world.emergency = undefined),
      () => void world.time.after(60_000, () => void tryOnce()),
    );
  void tryOnce();
}

function begin(call: Promise<unknown>): void {
  call.catch((error: unknown) => {
    const isAnswer = error instanceof CommandRefused || error instanceof ThreadOver;
    // Temporal may be away: an operator sees that, too.
    if (!isAnswer && !(error instanceof Error)) throw error;
  });
}
