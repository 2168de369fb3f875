/** Temporal's server on PostgreSQL, with its tables, its configuration, one namespace and Baton's search attributes. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import type { ClusterTools } from '../../local/setup/cluster.js';
import { missingSearchAttributes } from '../../temporal/search-attributes.js';
import { freePorts } from '../../local/free-ports.js';
import { superuser } from '../harness/postgres.js';
import { Program, type Cleanup } from '../harness/program.js';
import { until } from '../harness/until.js';
import { databases, dynamicConfig, portsNeeded, temporalConfig } from './temporal-config.js';

const run = promisify(execFile);
const day = 24 * 60 * 60;
const namespace = 'default';

export type Temporal = { readonly address: string; readonly program: Program };

export type TemporalOptions = {
  readonly tools: ClusterTools;
  readonly folder: string;
  readonly postgresPort: number;
};

/** Starts it on empty databases. */
export async function newTemporal(context: Cleanup, options: TemporalOptions): Promise<Temporal> {
  await makeTables(options);
  const temporal = await openTemporal(context, options);
  await makeNamespace(temporal.address);
  await registerAttributes(temporal.address);
  return temporal;
}

/** Starts it on databases that are set up. */
export async function openTemporal(context: Cleanup, options: TemporalOptions): Promise<Temporal> {
  const { tools, folder, postgresPort } = options;
  const [frontend = 0, ...others] = await freePorts(portsNeeded);
  const address = `127.0.0.1:${frontend}`;
  const dynamicConfigPath = join(folder, 'dynamic.yaml');
  mkdirSync(join(folder, 'config'), { recursive: true });
  writeFileSync(dynamicConfigPath, dynamicConfig);
  const config = temporalConfig({ ports: { frontend, others }, postgresPort, dynamicConfigPath });
  writeFileSync(join(folder, 'config', 'baton.yaml'), config);
  const program = await Program.opened(context, {
    name: 'Temporal',
    command: tools.temporal,
    args: ['--root', folder, '--env', 'baton', '--allow-no-auth', 'start'],
    logPath: join(folder, 'temporal.log'),
    ready: () => until('Temporal', () => isServing(address)),
  });
  return { address, program };
}

async function makeTables({ tools, postgresPort }: TemporalOptions): Promise<void> {
  for (const [schema, database] of Object.entries(databases)) {
    const name = schema === 'main' ? 'temporal' : 'visibility';
    const at = ['--ep', '127.0.0.1', '-p', `${postgresPort}`, '-u', superuser, '--db', database];
    const tool = (...args: readonly string[]) =>
      run(tools.schemaTool, ['--plugin', 'postgres12', ...at, ...args]);
    await tool('create-database');
    await tool('setup-schema', '-v', '0.0');
    await tool('update-schema', '--schema-name', `postgresql/v12/${name}`);
  }
}

/** Whether its frontend answers a call that needs the database. */
async function isServing(address: string): Promise<true | undefined> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    try {
      await connection.withDeadline(Date.now() + 2_000, () =>
        connection.workflowService.listNamespaces({ pageSize: 1 }),
      );
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return undefined;
  }
}

async function makeNamespace(address: string): Promise<void> {
  const connection = await Connection.connect({ address });
  const retention = { seconds: 30 * day } as never;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: retention,
  });
  // A registered namespace takes effect a moment later.
  await until('the namespace', () =>
    connection.workflowService.describeNamespace({ namespace }).then(
      () => true,
      () => undefined,
    ),
  );
  await connection.close();
}

/** Runs the command that operators use. */
async function registerAttributes(address: string): Promise<void> {
  const env = { ...process.env, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
  const register = () =>
    run(process.execPath, ['--import', 'tsx', 'temporal/register.ts'], { env });
  await until('search attributes', () =>
    register().then(
      () => true,
      () => undefined,
    ),
  );
  const connection = await Connection.connect({ address });
  await until('known search attributes', async () => {
    const missing = await missingSearchAttributes(connection, namespace).catch(() => ['all']);
    return missing.length === 0 ? true : undefined;
  });
  await connection.close();
}
