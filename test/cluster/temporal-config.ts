/**
 * The configuration of Temporal's server: all its services in one process, on PostgreSQL, with the
 * dynamic configuration of docker-compose.yml. Pure.
 */
import { stringify } from 'yaml';
import { superuser } from '../harness/postgres.js';

/** One of each for each service. */
const services = ['frontend', 'history', 'matching', 'worker'] as const;

export type TemporalPorts = {
  /** Of the frontend, where clients come. */
  readonly frontend: number;
  /** Seven more. */
  readonly others: readonly number[];
};

export const portsNeeded = 2 * services.length;

/** Cannot be changed after the cluster has been created. */
const historyShards = 64;

export const databases = { main: 'temporal', visibility: 'temporal_visibility' } as const;

/** As in docker-compose.yml: priorities are off by default on this version. */
export const dynamicConfig = stringify({
  'matching.useNewMatcher': [{ value: true }],
  'history.timerProcessorMaxTimeShift': [{ value: '100ms' }],
});

export function temporalConfig(of: {
  readonly ports: TemporalPorts;
  readonly postgresPort: number;
  readonly dynamicConfigPath: string;
}): string {
  const { ports, postgresPort, dynamicConfigPath } = of;
  const rpcAddress = `127.0.0.1:${ports.frontend}`;
  const active = { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress };
  return stringify({
    // It logs thousands of errors with stacks a second while its database is away.
    log: { stdout: true, level: 'fatal' },
    persistence: {
      defaultStore: 'main',
      visibilityStore: 'visibility',
      numHistoryShards: historyShards,
      datastores: {
        main: store(databases.main, postgresPort),
        visibility: store(databases.visibility, postgresPort),
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: servicesAt(ports),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: { active },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicConfigPath, pollInterval: '10s' },
  });
}

function store(databaseName: string, port: number) {
  return {
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `127.0.0.1:${port}`,
      connectProtocol: 'tcp',
      user: superuser,
      password: '',
      maxConns: 20,
      maxIdleConns: 20,
      maxConnLifetime: '1h',
    },
  };
}

function servicesAt({ frontend, others }: TemporalPorts) {
  const ports = [frontend, ...others];
  const rpcOf = (index: number) => ({
    grpcPort: ports[2 * index],
    membershipPort: ports[2 * index + 1],
    bindOnIP: '127.0.0.1',
  });
  return Object.fromEntries(services.map((name, index) => [name, { rpc: rpcOf(index) }]));
}
