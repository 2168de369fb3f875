/**
 * Baton for a bench: a Temporal server and a platform in processes of their own, ingress and workers in
 * this one, so that this process's costs are Baton's and those of whoever writes and waits.
 */
import { portsOf, secrets, startIngress } from '../scenario/whole-baton.js';
import type { BusinessSettings } from '../settings/business.js';
import { createWorkers } from '../worker/workers.js';
import type { Stage } from './bench.js';
import { openPlatform, type Platform } from './platform.js';
import { openServer, type TemporalServer } from './temporal-server.js';

export type House = { readonly server: TemporalServer; readonly platform: Platform };

const plenty = 1_000_000;

export async function openHouse(stage: Stage, business: BusinessSettings): Promise<House> {
  const server = await openServer(stage);
  const ingress = await startIngress(server.address, business);
  stage.atTheEnd(() => ingress.close());
  const platform = await openPlatform(stage, {
    accessToken: secrets.ENGAGE_TOKEN,
    webhook: {
      url: ingress.webhookUrl,
      secret: secrets.BATON_WEBHOOK_SECRET,
      verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
    },
  });
  const workers = await createWorkers({
    connection: server.nativeConnection,
    namespace: 'default',
    ports: portsOf({ business, temporal: server }, platform.url),
    workflowBundle: stage.workflowBundle,
    engageRequestsPerMinute: plenty,
  });
  const ended = Promise.all(workers.map((worker) => worker.run()));
  stage.atTheEnd(async () => {
    for (const worker of workers) worker.shutdown();
    await ended;
  });
  return { server, platform };
}
