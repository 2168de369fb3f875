/**
 * Reads and changes the current worker version of a deployment. The SDK has no client for this, so it
 * calls the gRPC service directly.
 */
import { isGrpcServiceError, type Connection } from '@temporalio/client';

export type Deployments = {
  /** Undefined until a worker of this deployment has connected. */
  standing(): Promise<Standing | undefined>;
  /** Routes all work to this version. @throws when it has no workers */
  makeCurrent(buildId: string): Promise<void>;
  /** Routes this percentage of threads to this version; 0 ends the ramp. @throws when it has no workers */
  ramp(buildId: string, percentage: number): Promise<void>;
};

export type Standing = {
  /** Undefined: workers without a version. */
  readonly current: string | undefined;
  readonly ramping: { readonly buildId: string; readonly percentage: number } | undefined;
  /** Oldest first. */
  readonly versions: readonly string[];
};

const notFound = 5;
const deadline = 15_000;

export function createDeployments(
  connection: Pick<Connection, 'workflowService' | 'withDeadline'>,
  { namespace, deploymentName }: { readonly namespace: string; readonly deploymentName: string },
): Deployments {
  const of = { namespace, deploymentName };
  const by = { ...of, identity: 'npm run rollout' };
  const { workflowService: service } = connection;
  const inTime = <T>(call: () => Promise<T>) =>
    connection.withDeadline(Date.now() + deadline, call);
  return {
    async standing() {
      try {
        const { workerDeploymentInfo: info } = await inTime(() =>
          service.describeWorkerDeployment(of),
        );
        const versions = info?.versionSummaries?.map((one) => one.deploymentVersion?.buildId) ?? [];
        const { currentDeploymentVersion, ...ramp } = info?.routingConfig ?? {};
        return {
          current: currentDeploymentVersion?.buildId ?? undefined,
          ramping: rampingIn(ramp),
          versions: versions.filter((id) => typeof id === 'string').reverse(),
        };
      } catch (error) {
        const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
        if (code === notFound) return undefined;
        throw error;
      }
    },
    async makeCurrent(buildId) {
      await inTime(() => service.setWorkerDeploymentCurrentVersion({ ...by, buildId }));
    },
    async ramp(buildId, percentage) {
      const to = { buildId: percentage === 0 ? '' : buildId, percentage };
      await inTime(() => service.setWorkerDeploymentRampingVersion({ ...by, ...to }));
    },
  };
}

function rampingIn(given: {
  readonly rampingDeploymentVersion?: { readonly buildId?: string | null } | null;
  readonly rampingVersionPercentage?: number | null;
}): Standing['ramping'] {
  const buildId = given.rampingDeploymentVersion?.buildId;
  if (!buildId) return undefined;
  return { buildId, percentage: given.rampingVersionPercentage ?? 0 };
}
