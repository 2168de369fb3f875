/**
 * How a process reaches Temporal: the same variables and profile files as Temporal's own CLI
 * (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, `TEMPORAL_TLS_…`), and without any of
 * them the local server on `BATON_TEMPORAL_PORT`.
 */
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { ConnectionOptions } from '@temporalio/client';
import type { Environment } from '../settings/environment.js';

export type TemporalSettings = {
  readonly namespace: string;
  readonly connection: ConnectionOptions & { readonly address: string };
};

export function temporalSettings(env: Environment, localPort: number): TemporalSettings {
  const set = Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const overrideEnvVars = Object.fromEntries(set);
  const { namespace, connectionOptions } = loadClientConnectConfig({ overrideEnvVars });
  const given = Object.entries(connectionOptions).filter(([, value]) => value !== undefined);
  const address = connectionOptions.address ?? `127.0.0.1:${localPort}`;
  return {
    namespace: namespace ?? 'default',
    connection: { ...(Object.fromEntries(given) as ConnectionOptions), address },
  };
}
