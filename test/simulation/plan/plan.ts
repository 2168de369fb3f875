/**
 * A plan: all that people and machines do in a simulated world, as data. It is made from a seed, and made
 * smaller when something fails. An act that is impossible when its time comes is left out.
 */
import type { FaultSettings } from '../../../simulator/faults.js';
import type { NetworkFaults } from '../host/network.js';
import type { TemporalFaults } from '../temporal/faults.js';
import type { BusinessChoices } from '../world/business.js';

export type Plan = {
  /** Of the world's random numbers: latencies, and which calls the faults strike. */
  readonly seed: number;
  /** Settings of the first version; others come by `deploy`. */
  readonly business: BusinessChoices;
  /** In order of time. */
  readonly acts: readonly Act[];
  /** Milliseconds from the start: the last fault is over, and people come to rest. */
  readonly calmAt: number;
  /** Milliseconds from the start: by then all must be quiet, or with a human. */
  readonly endAt: number;
};

/** `at`: milliseconds from the start. `who`: number of the customer, from 0. */
export type Act = { readonly at: number } & (
  CustomerAct | AgentAct | AdministratorAct | OperatorAct | MachineAct
);

export type CustomerAct =
  | {
      readonly do: 'customer writes';
      readonly who: number;
      readonly body: string;
      readonly source?: 'chat' | 'messages' | 'outside';
      readonly hasAttachment?: boolean;
    }
  | { readonly do: 'customers merge'; readonly who: number; readonly into: number };

/** In the customer's newest thread. */
export type AgentAct = { readonly who: number; readonly agent: 1 | 2 | 3 } & (
  | { readonly do: 'agent replies'; readonly isNative?: boolean; readonly needsApproval?: boolean }
  | { readonly do: 'agent takes' }
  | { readonly do: 'agent defers' }
  | { readonly do: 'agent closes' }
  | { readonly do: 'agent ignores' }
  | { readonly do: 'agent approves' }
  | { readonly do: 'agent transfers'; readonly to: 1 | 2 | 3; readonly isAccepted: boolean }
  | { readonly do: 'agent recategorises'; readonly to: 'bot' | 'agent' | 'billing' }
);

export type AdministratorAct =
  | { readonly do: 'administrator sets default category'; readonly to: 'bot' | 'agent' | 'none' }
  | { readonly do: 'administrator switches emergency rule'; readonly on: boolean }
  | { readonly do: 'agents change status'; readonly to: 'available' | 'away' | 'gone' };

export const commands = ['takeOver', 'returnToBot', 'askHandover', 'close', 'answerAgain'] as const;

export type OperatorAct =
  | {
      readonly do: 'operator commands';
      readonly who: number;
      readonly command: (typeof commands)[number];
    }
  | { readonly do: 'operator pauses bot'; readonly who: number; readonly forMs: number }
  | { readonly do: 'operator declares emergency'; readonly scope: 'all' | 'chat' | 'messages' }
  | { readonly do: 'operator ends emergency' };

export type MachineAct =
  /** Replaces all conditions that were set before. */
  | {
      readonly do: 'conditions';
      readonly platform?: FaultSettings;
      readonly network?: Partial<NetworkFaults>;
      readonly temporal?: Partial<TemporalFaults>;
    }
  | { readonly do: 'workers stop' }
  /** After a crash or a stop; with other settings it is a deployment. */
  | { readonly do: 'workers start'; readonly count: 1 | 2 | 3; readonly business?: BusinessChoices }
  | { readonly do: 'worker dies' }
  | { readonly do: 'reconcile' };

/** The settings of all versions, the first one first. */
export function deployedIn({ business, acts }: Plan): readonly BusinessChoices[] {
  return [
    business,
    ...acts.flatMap((act) => (act.do === 'workers start' && act.business ? [act.business] : [])),
  ];
}
