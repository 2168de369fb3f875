/**
 * Connection settings for Temporal: the same variables and profile files as Temporal's own CLI
 * (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, `TEMPORAL_TLS_…`); without any of them,
 * the local server on `BATON_TEMPORAL_PORT`. Includes the encryption settings.
 */
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { ConnectionOptions } from '@temporalio/client';
import { encryptionSettings, type EncryptionSettings } from '../settings/encryption.js';
import type { Environment } from '../settings/environment.js';
import { SettingsError, type WrongSetting } from '../settings/settings-error.js';

export type TemporalSettings = {
  readonly namespace: string;
  readonly connection: ConnectionOptions & { readonly address: string };
  /** Absent: payloads are not encrypted. */
  readonly encryption?: EncryptionSettings | undefined;
};

/** A host or an address, with or without a port: no scheme, no path. */
const addressPattern = /^(\[[\da-f:]+\]|[^\s:/]+)(:\d{1,5})?$/i;

/** @throws SettingsError */
export function temporalSettings(env: Environment, localPort: number): TemporalSettings {
  const wrong: WrongSetting[] = [];
  const encryption = take(wrong, () => encryptionSettings(env));
  const reached = take(wrong, () => reachedBy(env, localPort));
  if (!reached || wrong.length > 0) throw new SettingsError(wrong);
  return { ...reached, encryption };
}

function take<T>(wrong: WrongSetting[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    wrong.push(...error.wrong);
    return undefined;
  }
}

function reachedBy(env: Environment, localPort: number): TemporalSettings {
  const { namespace, connectionOptions } = load(env);
  const given = Object.entries(connectionOptions).filter(([, value]) => value !== undefined);
  const address = connectionOptions.address ?? `127.0.0.1:${localPort}`;
  if (!addressPattern.test(address)) {
    const problem = 'expected a host and port such as temporal:7233';
    throw new SettingsError([{ setting: 'TEMPORAL_ADDRESS', problem }]);
  }
  return {
    namespace: namespace ?? 'default',
    connection: { ...(Object.fromEntries(given) as ConnectionOptions), address },
  };
}

function load(env: Environment): ReturnType<typeof loadClientConnectConfig> {
  const set = Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]));
  try {
    return loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(set) });
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'cannot be read';
    // The SDK's error does not name the variable: it is found by the value that the error quotes.
    const names = set.filter(([name]) => name.startsWith('TEMPORAL_'));
    const [setting] = names.find(([, value]) => problem.includes(`'${value}'`)) ?? [];
    throw new SettingsError([{ setting: setting ?? 'TEMPORAL_CONFIG_FILE', problem }]);
  }
}
