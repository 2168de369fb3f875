/**
 * The stack of a bench: Temporal's server and the platform as processes, ingress and workers in this one, so
 * that the costs of this process are those of Baton and of the customers who write and wait.
 */
import { createPace } from '../../engage/pace.js';
import { startBaton, unlimited, type BatonOptions } from '../../local/baton.js';
import type { BusinessSettings } from '../../settings/business.js';
import type { EncryptionSettings } from '../../settings/encryption.js';
import { openPlatformProcess, type PlatformProcess } from './platform-process.js';
import type { Cleanup } from './program.js';
import { openServer, type TemporalServer } from './temporal-server.js';

export type MeasuredStack = {
  readonly server: TemporalServer;
  readonly platform: PlatformProcess;
  readonly webhookUrl: string;
};

type Run = Cleanup & Pick<BatonOptions, 'workflowBundle'> & { readonly temporalProgram: string };

export type MeasuredStackOptions = Pick<BatonOptions, 'cachedThreads'> & {
  /** Rate limit of the platform, which Baton knows. Default: none. */
  readonly limit?: { readonly perMinute: number; readonly minute: number };
  /** Settings of encrypted payloads, and the workflow bundle for them. */
  readonly encrypted?: Pick<BatonOptions, 'workflowBundle'> & {
    readonly encryption: EncryptionSettings;
  };
};

export async function openMeasuredStack(
  run: Run,
  business: BusinessSettings,
  { limit, encrypted, ...chosen }: MeasuredStackOptions = {},
): Promise<MeasuredStack> {
  const server = await openServer(run);
  const { workflowBundle } = run;
  const baton = await startBaton(
    {
      ...{ temporal: server, business, workflowBundle, ...encrypted, ...chosen },
      engageRequestsPerMinute: limit ? limit.perMinute * (60_000 / limit.minute) : unlimited,
      ...(limit && { pace: createPace(limit) }),
    },
    (webhookUrl) =>
      openPlatformProcess(run, {
        webhookUrl,
        ...(limit && { requestsPerMinute: limit.perMinute, minute: limit.minute }),
      }),
  );
  run.atTheEnd(() => baton.stop());
  await baton.startWorkers();
  return { server, platform: baton.platform, webhookUrl: baton.webhookUrl };
}
