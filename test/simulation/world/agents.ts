/** Acts of agents, by the simulator's controls. */
import type { AgentAct } from '../plan/plan.js';
import { control, threadOf } from './control.js';
import type { Stage } from './stage.js';

/** @throws Impossible */
export async function castAgent(world: Stage, act: AgentAct): Promise<void> {
  const of = { thread: threadOf(world, act.who), agent: `agent-${act.agent}` };
  await control(world, '/cast/agent', { ...of, ...castOf(act) });
}

function castOf(act: AgentAct): object {
  switch (act.do) {
    case 'agent replies': {
      const { isNative: native = false, needsApproval: needs_approval } = act;
      const approval = needs_approval === undefined ? {} : { needs_approval };
      return { do: 'reply', body: 'Good morning.', native, ...approval };
    }
    case 'agent transfers':
      return { do: 'transfer', to: `agent-${act.to}`, accepted: act.isAccepted };
    case 'agent recategorises':
      return { do: 'recategorize', category_ids: [act.to] };
    default:
      return { do: names[act.do] };
  }
}

const names = {
  'agent takes': 'engage',
  'agent defers': 'defer',
  'agent closes': 'close',
  'agent ignores': 'ignore',
  'agent approves': 'approve',
} as const;
