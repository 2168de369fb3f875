/**
 * Ports of this machine on which nobody listens, below the range from which the system takes ports for outgoing
 * connections (from 32768): a port found here is not taken by chance before its server listens. Temporal's
 * cluster also keeps the ports of its services in two signed bytes.
 */
import { createServer } from 'node:net';

const [lowest, count] = [20_000, 12_000];

/** All different. @throws when there are not enough */
export async function freePorts(wanted: number): Promise<readonly number[]> {
  const found: number[] = [];
  // Begins anywhere: two processes that look at the same time find different ones.
  let offset = Math.floor(Math.random() * count);
  for (let tried = 0; found.length < wanted; tried += 1) {
    if (tried > count) throw new Error('there are not enough free ports');
    offset = (offset + 1) % count;
    if (await isFree(lowest + offset)) found.push(lowest + offset);
  }
  return found;
}

export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
