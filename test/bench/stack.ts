/**
 * The stack of a bench: Temporal's server and the platform as processes, ingress and workers in this one, so
 * that the costs of this process are those of Baton and of the customers who write and wait.
 */
import { createPace } from '../../engage/pace.js';
import { createLocalPorts, runWorkers, startIngress, unlimited } from '../../local/baton.js';
import type { BusinessSettings } from '../../settings/business.js';
import type { EncryptionSettings } from '../../settings/encryption.js';
import { workerActivities } from '../../worker/workers.js';
import type { Stage } from './bench.js';
import { openPlatformProcess, type PlatformProcess } from '../harness/platform-process.js';
import { openServer, type TemporalServer } from '../harness/temporal-server.js';

export type Stack = {
  readonly server: TemporalServer;
  readonly platform: PlatformProcess;
  readonly webhookUrl: string;
};

export type StackOptions = {
  /** Rate limit of the platform, which Baton knows. Default: none. */
  readonly limit?: { readonly perMinute: number; readonly minute: number };
  readonly cachedThreads?: number;
  /** Settings of encrypted payloads, and the workflow bundle for them. */
  readonly encrypted?: {
    readonly encryption: EncryptionSettings;
    readonly workflowBundle: Stage['workflowBundle'];
  };
};

export async function openStack(
  stage: Stage,
  business: BusinessSettings,
  { limit, cachedThreads, encrypted }: StackOptions = {},
): Promise<Stack> {
  const server = await openServer(stage);
  const encryption = encrypted?.encryption;
  const ingress = await startIngress(server.address, business, 0, { encryption });
  stage.atTheEnd(() => ingress.close());
  const platform = await openPlatformProcess(stage, {
    webhookUrl: ingress.webhookUrl,
    ...(limit && { requestsPerMinute: limit.perMinute, minute: limit.minute }),
  });
  const pace = limit && createPace(limit);
  const wired = { business, temporal: server, encryption, ...(pace && { pace }) };
  const perMinute = limit ? limit.perMinute * (60_000 / limit.minute) : unlimited;
  const workers = await runWorkers({
    temporal: server,
    activities: workerActivities(createLocalPorts(wired, platform.url), perMinute),
    workflowBundle: encrypted?.workflowBundle ?? stage.workflowBundle,
    encryption,
    engageRequestsPerMinute: perMinute,
    ...(cachedThreads !== undefined && { cachedThreads }),
  });
  stage.atTheEnd(() => workers.stop());
  return { server, platform, webhookUrl: ingress.webhookUrl };
}
