/**
 * Finds the programs of a real cluster without containers: Temporal's server and schema tool from Baton's
 * cache, or built by Go from their module, and an installed PostgreSQL.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError } from '../../runtime/start-error.js';
import { cachePath, fillCache, isExecutable } from './cache.js';
import { onPath, runTool, type Say } from './command.js';

/** The version in docker-compose.yml. */
const version = 'v1.29.1';
const modules = {
  server: `go.temporal.io/server/cmd/server@${version}`,
  sql: `go.temporal.io/server/cmd/tools/sql@${version}`,
} as const;

export type ClusterTools = {
  /** Path of Temporal's server, with all its services. */
  readonly temporal: string;
  /** Path of the tool that creates Temporal's tables. */
  readonly schemaTool: string;
  /** Folder of `postgres`, `initdb` and `pg_basebackup`. */
  readonly postgres: string;
};

/** @throws StartError naming all missing programs */
export async function findClusterTools(say: Say): Promise<ClusterTools> {
  const folder = cachePath(`temporal-cluster-${version}`);
  const [temporal, schemaTool] = [join(folder, 'server'), join(folder, 'sql')];
  const isBuilt = (await isExecutable(temporal)) && (await isExecutable(schemaTool));
  const postgres = await findPostgres();
  const canBuild = onPath('go') !== undefined;
  const missing = [
    ...(postgres === undefined ? [noPostgres] : []),
    ...(isBuilt || canBuild ? [] : [noTemporal(folder)]),
  ];
  if (postgres === undefined || missing.length > 0) {
    throw new StartError(`A cluster needs what is not here:\n  ${missing.join('\n  ')}`);
  }
  if (isBuilt) say('Temporal cluster: from Baton’s cache');
  else await build(say, folder);
  say(`PostgreSQL: ${postgres}`);
  return { temporal, schemaTool, postgres };
}

const noPostgres =
  'PostgreSQL 12 or newer: postgres, initdb and pg_basebackup on PATH, or in /usr/lib/postgresql/*/bin (Debian’s package postgresql)';
const noTemporal = (folder: string) =>
  `Temporal’s server: Go on PATH, to build ${modules.server} and ${modules.sql}, or both in ${folder}`;

/** Prefers the newest installed version over PATH, because Debian keeps these programs off PATH. */
export async function findPostgres(): Promise<string | undefined> {
  const byDebian = '/usr/lib/postgresql';
  const versions = folders(byDebian).sort((a, b) => Number(b) - Number(a));
  const first = onPath('postgres');
  const places = [
    ...versions.map((name) => join(byDebian, name, 'bin')),
    ...(first === undefined ? [] : [dirname(first)]),
  ];
  for (const place of places) if (await hasAll(place)) return place;
  return undefined;
}

function folders(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

async function hasAll(place: string): Promise<boolean> {
  const programs = ['postgres', 'initdb', 'pg_basebackup'];
  const there = await Promise.all(programs.map((name) => isExecutable(join(place, name))));
  return there.every(Boolean);
}

async function build(say: Say, folder: string): Promise<void> {
  say('Temporal cluster: building it with Go, once: some minutes on two cores');
  await fillCache(folder, (GOBIN) =>
    runTool('go', ['install', '-v', ...Object.values(modules)], {
      env: { ...process.env, GOBIN },
      progress: (lines, seconds) => say(`Temporal cluster: ${lines} packages, ${seconds} s`),
    }),
  );
}
