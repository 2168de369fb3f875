/**
 * PostgreSQL as a process with its data in a folder of its own: created, started, killed, backed up, and
 * started again from a backup. It commits to disk as in production (`fsync` and `synchronous_commit` are on).
 */
import { execFile } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../local/free-ports.js';
import { Program, type Cleanup, type User } from './program.js';
import { until } from './until.js';

const run = promisify(execFile);

/** Needs no password on this machine: the databases live for a run. */
export const superuser = 'temporal';

export type Postgres = {
  readonly port: number;
  readonly program: Program;
  /** Runs one statement and returns its rows. */
  ask(database: string, statement: string): Promise<readonly Record<string, unknown>[]>;
  /** Writes a consistent copy into a new folder, from which it can be started. */
  backUp(to: string): Promise<void>;
};

export type PostgresOptions = {
  /** Folder of `postgres`, `initdb` and `pg_basebackup`. */
  readonly programs: string;
  /** For its log. */
  readonly folder: string;
  /** Folder of its data. */
  readonly data: string;
  /** Default: a free port. */
  readonly port?: number;
};

/** Creates an empty one and starts it. */
export async function newPostgres(
  surroundings: Cleanup,
  options: PostgresOptions,
): Promise<Postgres> {
  const { programs, data } = options;
  const user = unprivileged();
  ownedFolder(data, user);
  const how = ['--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync', '-U', superuser];
  await run(join(programs, 'initdb'), ['-D', data, ...how], { ...user });
  return openPostgres(surroundings, options);
}

/** Starts one whose data exist. */
export async function openPostgres(
  surroundings: Cleanup,
  options: PostgresOptions,
): Promise<Postgres> {
  const { programs, folder, data } = options;
  const port = options.port ?? (await freePort());
  const user = unprivileged();
  const at = { host: '127.0.0.1', port, user: superuser };
  const ask = async (database: string, statement: string) => {
    const client = new pg.Client({ ...at, database, connectionTimeoutMillis: 5_000 });
    // It may be killed at any moment; the statement then fails.
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(statement);
      return rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const isThere = () => ask('postgres', 'SELECT 1').catch(() => undefined);
  const program = await Program.opened(surroundings, {
    name: 'PostgreSQL',
    command: join(programs, 'postgres'),
    args: ['-D', data, ...settings(port)],
    logPath: join(folder, 'postgres.log'),
    user,
    ready: () => until('PostgreSQL', isThere),
  });
  const backUp = async (to: string) => {
    ownedFolder(to, user);
    const from = ['-h', at.host, '-p', `${port}`, '-U', superuser];
    const base = join(programs, 'pg_basebackup');
    await run(base, ['-D', to, ...from, '-X', 'stream', '--checkpoint=fast'], { ...user });
  };
  return { port, program, ask, backUp };
}

export type TestPostgres = {
  readonly url: string;
  /** It accepts no connection until `thaw`. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
};

/** An empty one in a temporary folder, for one test. */
export async function startPostgres(programs: string): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-postgres-'));
  // It may run as another user, who must reach its data in this folder.
  await chmod(folder, 0o711);
  // `stop` kills it.
  const cleanup = { atTheEnd: () => undefined };
  const data = join(folder, 'data');
  const { port, program } = await newPostgres(cleanup, { programs, folder, data });
  return {
    url: `postgres://${superuser}@127.0.0.1:${port}/postgres`,
    freeze: () => program.freeze(),
    thaw: () => program.thaw(),
    async stop() {
      await program.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function settings(port: number): readonly string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '256MB',
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function ownedFolder(path: string, user: User | undefined): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (user) chownSync(path, user.uid, user.gid);
}

/** PostgreSQL refuses to run as root. `undefined` when we are not root. @throws when there is no other user */
function unprivileged(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find(([one]) => one === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL must not run as root, and there is no user postgres or nobody');
}
