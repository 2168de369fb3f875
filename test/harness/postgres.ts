/** A PostgreSQL of a test's own, where the machine has its programs (Debian's `postgresql`). */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../local/free-ports.js';

export type TestPostgres = {
  readonly url: string;
  /** SIGSTOP and SIGCONT: it is there, and does not answer. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
};

const places = '/usr/lib/postgresql';

/** `undefined` where there is none. */
export function findPostgres(): string | undefined {
  const versions = existsSync(places) ? readdirSync(places).sort().reverse() : [];
  return versions
    .map((one) => join(places, one, 'bin'))
    .find((one) => existsSync(join(one, 'initdb')));
}

export async function startPostgres(programs: string): Promise<TestPostgres> {
  const data = mkdtempSync(join(tmpdir(), 'baton-postgres-'));
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? idsOf('postgres') : undefined;
  if (user) chownSync(data, user.uid, user.gid);
  const how = ['--auth=trust', '--no-sync', '--username=keeper'];
  execFileSync(join(programs, 'initdb'), ['-D', data, ...how], { stdio: 'ignore', ...user });
  const port = await freePort();
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const args = ['-D', data, ...settings.flatMap((one) => ['-c', one])];
  const child = spawn(join(programs, 'postgres'), args, { stdio: 'ignore', ...user });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = `postgres://keeper@127.0.0.1:${port}/postgres`;
  await untilThere(url);
  return {
    url,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async stop() {
      child.kill('SIGCONT');
      child.kill('SIGINT');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function idsOf(user: string): { readonly uid: number; readonly gid: number } {
  const id = (which: string) => Number(execFileSync('id', [which, user]).toString());
  return { uid: id('-u'), gid: id('-g') };
}

async function untilThere(connectionString: string): Promise<void> {
  for (const until = Date.now() + 120_000; ;) {
    const client = new pg.Client({ connectionString });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
