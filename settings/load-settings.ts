/** Loads all settings of a role (environment, Temporal, business), or reports all errors at once. */
import type { BusinessSettings } from './business.js';
import type { Environment } from './environment.js';
import { loadConfig } from './load-config.js';
import { collect, SettingsError, type WrongSetting } from './settings-error.js';

type OfEveryRole = { readonly BATON_CONFIG: string; readonly BATON_TEMPORAL_PORT: number };

/** @throws SettingsError */
export async function loadSettings<T extends OfEveryRole, U extends object>(
  readEnvironment: (env: Environment) => T,
  readTemporal: (env: Environment, localPort: number) => U,
  env: Environment = process.env,
): Promise<{ environment: T; temporal: U; business: BusinessSettings }> {
  const wrong: WrongSetting[] = [];
  const environment = await collect(wrong, () => readEnvironment(env));
  const { BATON_CONFIG: path, BATON_TEMPORAL_PORT: localPort } = environment ?? fallback(env);
  const temporal = await collect(wrong, () => readTemporal(env, localPort));
  const business = await collect(wrong, () => loadConfig(path));
  if (environment && temporal && business) return { environment, temporal, business };
  throw new SettingsError(wrong);
}

/** A substitute that allows the remaining checks to run. */
function fallback(env: Environment): OfEveryRole {
  const path = env['BATON_CONFIG'];
  return { BATON_CONFIG: path ? path : 'baton.config.ts', BATON_TEMPORAL_PORT: 7233 };
}
