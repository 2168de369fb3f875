/**
 * Metrics of Temporal's runtime: its own, and those that threads record through its meter. The runtime
 * serves them on a port of its own, on this machine only; the worker's `/metrics` includes them.
 */
import { createServer, type AddressInfo } from 'node:net';

export type TemporalMetrics = {
  /** Address on which the runtime serves them. */
  readonly bindAddress: string;
  /** In Prometheus's text format; a comment when the runtime does not answer. Never throws. */
  text(): Promise<string>;
};

const host = '127.0.0.1';
const timeout = 1_000;

export async function createTemporalMetrics(): Promise<TemporalMetrics> {
  const bindAddress = `${host}:${await freePort()}`;
  return { bindAddress, text: () => read(`http://${bindAddress}/metrics`) };
}

async function read(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
    if (response.ok) return await response.text();
  } catch {
    // The other metrics are still of use.
  }
  return '# Temporal’s runtime does not answer\n';
}

/** The runtime does not accept port 0. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
