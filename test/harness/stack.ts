/**
 * Baton as processes: ingresses behind a load balancer, the platform in this process, and workers that call it. How
 * a process is started is the caller's: with wires that can be cut, on a cluster, or a naive one.
 *
 * Which function starts what is listed in docs/testing.md, "The harness".
 */
import { openPlatform, type Platform, type PlatformOptions } from './platform.js';
import type { Cleanup } from './program.js';
import { startHttpWire } from './wires/http-wire.js';

type AtAddress = { readonly address: string };
type Openers<T> = readonly (() => Promise<T>)[];

export type StackParts<I, W> = {
  readonly ingresses: Openers<I>;
  readonly workers: readonly ((engageUrl: string) => Promise<W>)[];
  readonly platform: Omit<PlatformOptions, 'webhookUrl'>;
};

export type OpenStack<I, W> = {
  readonly platform: Platform;
  readonly ingresses: readonly I[];
  readonly workers: readonly W[];
};

/** Resolves when all processes are ready. */
export async function openStackOf<I extends AtAddress, W>(
  cleanup: Cleanup,
  parts: StackParts<I, W>,
): Promise<OpenStack<I, W>> {
  const { ingresses, webhookUrl } = await openIngresses(cleanup, parts.ingresses);
  const platform = await openPlatform(cleanup, { ...parts.platform, webhookUrl });
  const workers = await Promise.all(parts.workers.map((open) => open(platform.url)));
  return { platform, ingresses, workers };
}

/** The ingresses alone, behind a load balancer: `webhookUrl` is the balancer's. */
export async function openIngresses<I extends AtAddress>(
  cleanup: Cleanup,
  open: Openers<I>,
): Promise<{ readonly ingresses: readonly I[]; readonly webhookUrl: string }> {
  const ingresses = await Promise.all(open.map((one) => one()));
  const balancer = await startHttpWire(ingresses.map(({ address }) => address));
  cleanup.atTheEnd(() => balancer.close());
  return { ingresses, webhookUrl: `http://${balancer.address}/webhooks/engage` };
}
