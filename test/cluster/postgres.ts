/**
 * PostgreSQL in a folder of its own: made, started, killed, backed up, and started again from a backup.
 * It writes to disk before it says yes (`fsync` and `synchronous_commit` as they come), as in production.
 */
import { execFile } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../local/free-ports.js';
import { Program, type Cleanup, type User } from '../harness/program.js';
import { until } from '../harness/until.js';

const run = promisify(execFile);

/** Whoever reaches the port of this machine is trusted: the databases live for a run. */
export const superuser = 'temporal';

export type Postgres = {
  readonly port: number;
  readonly program: Program;
  /** Rows of one statement. */
  ask(database: string, statement: string): Promise<readonly Record<string, unknown>[]>;
  /** Everything, as it is at one moment, into a new folder from which it can be started. */
  backUp(to: string): Promise<void>;
};

export type PostgresOptions = {
  /** Folder of its programs. */
  readonly programs: string;
  /** For its log and, where it does not exist yet, its data. */
  readonly folder: string;
  /** Where its data are. */
  readonly data: string;
  /** Where clients of an earlier one look for it. */
  readonly port?: number;
};

/** An empty one. */
export async function newPostgres(stage: Cleanup, options: PostgresOptions): Promise<Postgres> {
  const { programs, data } = options;
  const user = unprivileged();
  ownedFolder(data, user);
  const how = ['--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync', '-U', superuser];
  await run(join(programs, 'initdb'), ['-D', data, ...how], { ...user });
  return openPostgres(stage, options);
}

/** One whose data are there. */
export async function openPostgres(stage: Cleanup, options: PostgresOptions): Promise<Postgres> {
  const { programs, folder, data } = options;
  const port = options.port ?? (await freePort());
  const user = unprivileged();
  const at = { host: '127.0.0.1', port, user: superuser };
  const ask = async (database: string, statement: string) => {
    const client = new pg.Client({ ...at, database, connectionTimeoutMillis: 5_000 });
    // It may be killed at any moment; whoever asks hears of it by their question.
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
  const program = await Program.opened(stage, {
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

/** PostgreSQL refuses to be root's. Undefined: we are not root. @throws when there is nobody else */
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
