/** What acts are carried out on: a simulated world, or Baton on a real Temporal server. */
import type { Client } from '@temporalio/client';
import type { Scope } from '../../../workflows/contract/index.js';
import type { VirtualTime } from '../host/virtual-time.js';
import type { World } from './world.js';

type Machines = 'setConditions' | 'stopWorkers' | 'startWorkers' | 'killWorker' | 'reconcile';

export type Stage = Pick<World, 'simulator' | 'nextUpdateId' | Machines> & {
  readonly operator: Pick<Client, 'workflow'>;
  /** A call of an operator, who waits for the answer no longer than this. */
  withDeadline<T>(milliseconds: number, call: () => Promise<T>): Promise<T>;
  readonly outsideBot: Pick<World['outsideBot'], 'customerWrites'>;
  readonly time: Pick<VirtualTime, 'after'>;
  /** In force, as far as operators know. */
  emergency: Scope | undefined;
};
