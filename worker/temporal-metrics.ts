/**
 * What Temporal's runtime counts: its own work, and what threads count through its meter. It serves that at
 * a port of its own, on this machine only; `/metrics` of the worker hands it on.
 */
import { createServer, type AddressInfo } from 'node:net';

export type TemporalMetrics = {
  /** Where the runtime is to serve them. */
  readonly bindAddress: string;
  /** In Prometheus's text format; a comment when the runtime does not answer. Never fails. */
  text(): Promise<string>;
};

const host = '127.0.0.1';
const patience = 1_000;

export async function createTemporalMetrics(): Promise<TemporalMetrics> {
  const bindAddress = `${host}:${await freePort()}`;
  return { bindAddress, text: () => read(`http://${bindAddress}/metrics`) };
}

async function read(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
    if (response.ok) return await response.text();
  } catch {
    // Whoever asks still wants to know the rest.
  }
  return '# Temporal’s runtime does not answer\n';
}

/** The runtime takes no port 0. */
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
