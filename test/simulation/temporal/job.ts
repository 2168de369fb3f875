/** What an activation brings to a workflow: the jobs of the protocol between worker and SDK. */
import type { coresdk } from '@temporalio/proto';

type Jobs = Omit<coresdk.workflow_activation.IWorkflowActivationJob, 'variant'>;
export type Variant = keyof Jobs;
export type Job = Jobs & { readonly variant: Variant };

export function job<V extends Variant>(variant: V, of: NonNullable<Jobs[V]>): Job {
  return { variant, [variant]: of };
}

/** Signals and updates come before results and timers, as a worker orders them. */
export function inOrder(jobs: readonly Job[]): readonly Job[] {
  const rank = ({ variant }: Job) => {
    if (variant === 'initializeWorkflow') return 0;
    return variant === 'signalWorkflow' || variant === 'doUpdate' ? 1 : 2;
  };
  return jobs.toSorted((one, other) => rank(one) - rank(other));
}
