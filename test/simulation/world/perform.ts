/** Carries out one act of a plan. An act that is impossible when its time comes is left out. */
import type { Act, AdministratorAct, CustomerAct, MachineAct, OperatorAct } from '../plan/plan.js';
import { castAgent } from './agents.js';
import { control, Impossible, threadOf } from './control.js';
import { operate } from './operate.js';
import type { Stage } from './stage.js';

/** @returns false if it was impossible */
export async function perform(world: Stage, act: Act): Promise<boolean> {
  try {
    if ('agent' in act) await castAgent(world, act);
    else if (isOffice(act)) operate(world, act);
    else if (isMachine(act)) work(world, act);
    else await cast(world, act);
    return true;
  } catch (error) {
    if (error instanceof Impossible) return false;
    throw error;
  }
}

const isOffice = (act: Act): act is Act & OperatorAct => act.do.startsWith('operator ');

const machines = ['conditions', 'workers stop', 'workers start', 'worker dies', 'reconcile'];
const isMachine = (act: Act): act is Act & MachineAct => machines.includes(act.do);

function work(world: Stage, act: MachineAct): void {
  if (act.do === 'conditions') world.setConditions(act);
  else if (act.do === 'workers stop') world.stopWorkers();
  else if (act.do === 'workers start') world.startWorkers(act.count, act.business);
  else if (act.do === 'worker dies') world.killWorker();
  else world.reconcile();
}

function cast(world: Stage, act: CustomerAct | AdministratorAct): Promise<unknown> {
  switch (act.do) {
    case 'customer writes': {
      const { source = 'chat', who, body, hasAttachment: attachment = false } = act;
      if (source === 'outside') {
        world.outsideBot.customerWrites(who, body);
        return Promise.resolve();
      }
      return control(world, '/cast/customer', {
        source,
        identity: `customer-${who}`,
        body,
        attachment,
      });
    }
    case 'customers merge': {
      const [thread, into] = [threadOf(world, act.who), threadOf(world, act.into)];
      return control(world, '/cast/thread', { do: 'merge', thread, into });
    }
    case 'administrator sets default category': {
      const category_ids = act.to === 'none' ? [] : [act.to];
      return control(world, '/cast/rule', { name: 'default-categories', category_ids });
    }
    case 'administrator switches emergency rule':
      return control(world, '/cast/rule', { name: 'emergency', on: act.on });
    case 'agents change status':
      return control(world, '/agents', statuses[act.to], 'PUT');
  }
}

const all = (status: object) => ({ 'agent-1': status, 'agent-2': status, 'agent-3': status });
const statuses = {
  available: all({ status: 'available', busyness: 'unoccupied' }),
  away: all({ status: 'away' }),
  gone: all({ status: null }),
} as const;
