/**
 * Reads each worker's `/healthz` and `/metrics` from the ingress.
 *
 * `BATON_WORKERS_URL` locates the workers. A host name with several addresses, as among containers, means
 * one worker per address. A worker that does not answer within a second is reported as not reachable; the
 * read itself never fails.
 */
import { lookup } from 'node:dns/promises';
import { z } from 'zod';
import type { BotStatus } from '../../bots/health.js';
import { parseJson } from '../../engage/json.js';
import { parseText } from '../../runtime/metrics/text.js';
import type { Totals } from './answers.js';
import { botStatus } from './schemas.js';
import { computeTotals } from './totals.js';

export type WorkerReport = {
  /** Its address and port. */
  readonly worker: string;
  readonly isReachable: boolean;
  readonly bots: Readonly<Record<string, BotStatus>>;
  /** Absent when its metrics could not be read. */
  readonly totals: Totals | undefined;
};

export type WorkersReader = { read(): Promise<readonly WorkerReport[]> };

export type WorkersReaderOptions = {
  /** Base URLs, separated by commas. */
  readonly url: string;
  readonly timeout?: number;
  /** Resolves a host name. @throws for an unknown name */
  readonly addressesOf?: (host: string) => Promise<readonly string[]>;
};

export function createWorkersReader(options: WorkersReaderOptions): WorkersReader {
  const { timeout = 1_000, addressesOf = addressesByName } = options;
  const bases = options.url.split(',').flatMap((one) => one.trim() || []);
  return {
    async read() {
      const found = await Promise.all(bases.map((base) => eachOf(base, addressesOf)));
      const workers = [...new Map(found.flat().map((url) => [url.host, url])).values()];
      return Promise.all(workers.map((url) => report(url, timeout)));
    },
  };
}

async function addressesByName(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/**
 * Several loopback addresses are one machine; for HTTPS the host name is kept, because the certificate is
 * for it.
 */
async function eachOf(
  base: string,
  addressesOf: (host: string) => Promise<readonly string[]>,
): Promise<readonly URL[]> {
  const url = new URL(base);
  const addresses = await addressesOf(url.hostname.replace(/^\[|\]$/g, '')).catch(() => []);
  const isOne = addresses.length < 2 || addresses.some(isLoopback) || url.protocol === 'https:';
  if (isOne) return [url];
  return addresses.toSorted().map((address) => {
    const one = new URL(url);
    one.hostname = address.includes(':') ? `[${address}]` : address;
    return one;
  });
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

const healthSchema = z.object({ bots: z.record(z.string(), botStatus) });

async function report(base: URL, timeout: number): Promise<WorkerReport> {
  const signal = AbortSignal.timeout(timeout);
  const [health, metrics] = await Promise.all([
    ask(base, 'healthz', signal).then(readHealth),
    ask(base, 'metrics', signal),
  ]);
  return {
    worker: base.host,
    isReachable: health !== undefined,
    bots: health ?? {},
    totals: metrics?.isOk ? computeTotals(parseText(metrics.text)) : undefined,
  };
}

/** An unhealthy worker answers 503, and still reports its bots. */
function readHealth(answer: Answer | undefined): WorkerReport['bots'] | undefined {
  if (!answer) return undefined;
  return healthSchema.safeParse(parseJson(answer.text)).data?.bots;
}

type Answer = { readonly isOk: boolean; readonly text: string };

async function ask(base: URL, path: string, signal: AbortSignal): Promise<Answer | undefined> {
  try {
    const at = new URL(path, base.href.endsWith('/') ? base : `${base.href}/`);
    const response = await fetch(at, { signal, redirect: 'error' });
    return { isOk: response.ok, text: await response.text() };
  } catch {
    return undefined;
  }
}
