/**
 * A real cluster without containers: PostgreSQL and Temporal's server on free ports of this machine, in
 * a folder that is gone when the run is over.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findClusterTools, type ClusterTools } from '../../local/setup/cluster.js';
import { newPostgres, type Postgres } from './postgres.js';
import type { Cleanup } from '../harness/program.js';
import { newTemporal, type Temporal } from './temporal.js';

export type Cluster = {
  readonly tools: ClusterTools;
  readonly folder: string;
  readonly postgres: Postgres;
  readonly temporal: Temporal;
};

export async function openCluster(stage: Cleanup): Promise<Cluster> {
  const tools = await findClusterTools((line) => console.log(`  ${line}`));
  const folder = await mkdtemp(join(tmpdir(), 'baton-cluster-'));
  stage.atTheEnd(() => rm(folder, { recursive: true, force: true }));
  // PostgreSQL may be another user's, and must reach its own folder in it.
  await chmod(folder, 0o711);
  const programs = tools.postgres;
  const postgres = await newPostgres(stage, { programs, folder, data: join(folder, 'postgres') });
  const temporal = await newTemporal(stage, { tools, folder, postgresPort: postgres.port });
  return { tools, folder, postgres, temporal };
}
