/**
 * Finds unused ports below the range from which the system takes ports for outgoing connections (from
 * 32768), so that no connection takes one before its server listens. Temporal's cluster also stores the
 * ports of its services in signed 16-bit integers.
 *
 * A port is reserved for ten minutes, so that concurrent programs find different ones.
 */
import { mkdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim } from './claim.js';

const [lowest, count] = [20_000, 12_000];
/** One folder for each user: another user's cannot be written to. */
const reservations = join(tmpdir(), `baton-ports-${process.getuid?.() ?? 0}`);
/** Milliseconds. */
const reservedFor = 10 * 60_000;

/** All different. @throws when there are not enough */
export async function freePorts(wanted: number): Promise<readonly number[]> {
  const found: number[] = [];
  // Random start, so that concurrent programs seldom collide.
  let offset = Math.floor(Math.random() * count);
  for (let tried = 0; found.length < wanted; tried += 1) {
    if (tried > count) throw new Error('there are not enough free ports');
    offset = (offset + 1) % count;
    const port = lowest + offset;
    if ((await isFree(port)) && (await isReserved(port))) found.push(port);
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

async function isReserved(port: number): Promise<boolean> {
  const folder = join(reservations, `${port}`);
  await mkdir(reservations, { recursive: true });
  const age = await stat(folder).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (age > reservedFor) await rm(folder, { recursive: true, force: true });
  return claim(folder);
}
