/**
 * Ingress and workers in one process, to be killed and started again, beside a Temporal server and a platform
 * as processes.
 */
import { freePort } from '../../local/free-ports.js';
import type { Concurrency } from '../../worker/concurrency.js';
import { openChild, type Child } from '../harness/child.js';
import { openPlatformProcess, type PlatformProcess } from '../harness/platform-process.js';
import { openServer, type TemporalServer } from '../harness/temporal-server.js';
import type { FromBaton, ToBaton } from './baton-process.js';
import type { Context } from './bench.js';
import type { BotConfig } from './business.js';

export type KillableBaton = {
  readonly server: TemporalServer;
  readonly platform: PlatformProcess;
  /** Starts the process, which does not run at first; resolves when it accepts deliveries. */
  readonly start: (concurrency?: Concurrency) => Promise<Child<ToBaton, FromBaton>>;
};

export async function openKillableBaton(
  context: Context,
  { bot, timeScale }: { readonly bot: BotConfig; readonly timeScale: number },
): Promise<KillableBaton> {
  const server = await openServer(context);
  const port = await freePort();
  const platform = await openPlatformProcess(context, {
    webhookUrl: `http://127.0.0.1:${port}/webhooks/engage`,
    timeScale,
  });
  return {
    ...{ server, platform },
    async start(concurrency) {
      const child = openChild<ToBaton, FromBaton>(context, { file: 'test/bench/baton-process.ts' });
      await child.ask({
        ...{ address: server.address, engageUrl: platform.url, port, bot },
        workflowBundle: context.workflowBundle,
        ...(concurrency && { concurrency }),
      });
      return child;
    },
  };
}
