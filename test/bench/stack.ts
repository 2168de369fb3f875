/**
 * Baton for a bench: a Temporal server and a platform in processes of their own, ingress and workers in
 * this one, so that this process's costs are Baton's and those of whoever writes and waits.
 */
import { createPace } from '../../engage/pace.js';
import { createLocalPorts, secrets, startIngress } from '../../local/baton.js';
import type { BusinessSettings } from '../../settings/business.js';
import type { EncryptionSettings } from '../../settings/encryption.js';
import { getEncryption } from '../../temporal/encryption/data-converter.js';
import { createWorkers, workerActivities } from '../../worker/workers.js';
import type { Stage } from './bench.js';
import { openPlatform, type Platform } from './platform.js';
import { openServer, type TemporalServer } from './temporal-server.js';

export type Stack = {
  readonly server: TemporalServer;
  readonly platform: Platform;
  readonly webhookUrl: string;
};

export type StackOptions = {
  /** What the platform allows, and Baton knows; absent: a limit that is never reached. */
  readonly limit?: { readonly perMinute: number; readonly minute: number };
  readonly cachedThreads?: number;
  /** With what payloads are encrypted, and the bundle for that. */
  readonly encrypted?: {
    readonly encryption: EncryptionSettings;
    readonly workflowBundle: Stage['workflowBundle'];
  };
};

const unlimited = 1_000_000;

export async function openStack(
  stage: Stage,
  business: BusinessSettings,
  { limit, cachedThreads, encrypted }: StackOptions = {},
): Promise<Stack> {
  const server = await openServer(stage);
  const encryption = encrypted?.encryption;
  const ingress = await startIngress(server.address, business, 0, { encryption });
  stage.atTheEnd(() => ingress.close());
  const platform = await openPlatform(stage, {
    accessToken: secrets.ENGAGE_TOKEN,
    ...(limit && { requestsPerMinute: limit.perMinute, minute: limit.minute }),
    webhook: {
      url: ingress.webhookUrl,
      secret: secrets.BATON_WEBHOOK_SECRET,
      verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
    },
  });
  const pace = limit && createPace(limit);
  const wired = { business, temporal: server, encryption, ...(pace && { pace }) };
  const perMinute = limit ? limit.perMinute * (60_000 / limit.minute) : unlimited;
  const workers = await createWorkers({
    connection: server.nativeConnection,
    namespace: 'default',
    activities: workerActivities(createLocalPorts(wired, platform.url), perMinute),
    workflowBundle: encrypted?.workflowBundle ?? stage.workflowBundle,
    ...(encryption && { dataConverter: getEncryption(encryption).forWorkers }),
    engageRequestsPerMinute: perMinute,
    ...(cachedThreads !== undefined && { cachedThreads }),
  });
  const ended = Promise.all(workers.map((worker) => worker.run()));
  stage.atTheEnd(async () => {
    for (const worker of workers) worker.shutdown();
    await ended;
  });
  return { server, platform, webhookUrl: ingress.webhookUrl };
}
