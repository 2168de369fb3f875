/**
 * A real cluster without containers: PostgreSQL and Temporal's server on free ports of this machine, in a
 * folder that is removed at the end of the run.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findClusterTools, type ClusterTools } from '../../local/setup/cluster.js';
import { newPostgres, type Postgres } from '../harness/postgres.js';
import type { Cleanup } from '../harness/program.js';
import { newTemporal, type Temporal } from './temporal.js';

export type Cluster = {
  readonly tools: ClusterTools;
  readonly folder: string;
  readonly postgres: Postgres;
  readonly temporal: Temporal;
};

export async function openCluster(cleanup: Cleanup): Promise<Cluster> {
  const tools = await findClusterTools((line) => console.log(`  ${line}`));
  const folder = await mkdtemp(join(tmpdir(), 'baton-cluster-'));
  cleanup.atTheEnd(() => rm(folder, { recursive: true, force: true }));
  // PostgreSQL may run as another user, who must reach its data in this folder.
  await chmod(folder, 0o711);
  const programs = tools.postgres;
  const postgres = await newPostgres(cleanup, { programs, folder, data: join(folder, 'postgres') });
  const temporal = await newTemporal(cleanup, { tools, folder, postgresPort: postgres.port });
  return { tools, folder, postgres, temporal };
}
