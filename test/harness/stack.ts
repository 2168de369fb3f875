/**
 * Baton as processes: ingresses behind a load balancer, the platform in this process, and workers that call it. How
 * a process is started is the caller's: with wires that can be cut, on a cluster, or a naive one.
 */
import { openPlatform, type Platform, type PlatformOptions } from './platform.js';
import type { Cleanup } from './program.js';
import { startHttpWire } from './wires/http-wire.js';

export type StackParts<I, W> = {
  readonly ingresses: readonly (() => Promise<I>)[];
  readonly workers: readonly ((engageUrl: string) => Promise<W>)[];
  readonly platform: Omit<PlatformOptions, 'webhookUrl'>;
};

export type OpenStack<I, W> = {
  readonly platform: Platform;
  readonly ingresses: readonly I[];
  readonly workers: readonly W[];
};

/** Resolves when all processes are ready. */
export async function openStackOf<I extends { readonly address: string }, W>(
  cleanup: Cleanup,
  parts: StackParts<I, W>,
): Promise<OpenStack<I, W>> {
  const ingresses = await Promise.all(parts.ingresses.map((open) => open()));
  const balancer = await startHttpWire(ingresses.map(({ address }) => address));
  cleanup.atTheEnd(() => balancer.close());
  const webhookUrl = `http://${balancer.address}/webhooks/engage`;
  const platform = await openPlatform(cleanup, { ...parts.platform, webhookUrl });
  const workers = await Promise.all(parts.workers.map((open) => open(platform.url)));
  return { platform, ingresses, workers };
}
