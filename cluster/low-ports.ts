/**
 * Free ports below 32768: Temporal keeps the ports of its services in a column of two bytes, and those a
 * machine gives away by itself begin above.
 */
import { createServer } from 'node:net';

const [lowest, count] = [20_000, 12_000];

export async function lowPorts(wanted: number): Promise<readonly number[]> {
  const found: number[] = [];
  // Not from the first on: whoever looks at the same time would take the same.
  let port = Math.floor(Math.random() * count);
  for (let tried = 0; found.length < wanted; tried += 1) {
    if (tried > count) throw new Error('there are not enough free ports');
    port = (port + 1) % count;
    if (await isFree(lowest + port)) found.push(lowest + port);
  }
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
