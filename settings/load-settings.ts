/** Everything a role is told, by its environment and by the business, or every wrong setting at once. */
import type { BusinessSettings } from './business.js';
import type { Environment } from './environment.js';
import { loadConfig } from './load-config.js';
import { SettingsError, type WrongSetting } from './settings-error.js';

/** @throws SettingsError */
export async function loadSettings<T extends { readonly BATON_CONFIG: string }>(
  readEnvironment: (env: Environment) => T,
  env: Environment = process.env,
): Promise<{ environment: T; business: BusinessSettings }> {
  const wrong: WrongSetting[] = [];
  const collect = (error: unknown) => {
    if (!(error instanceof SettingsError)) throw error;
    wrong.push(...error.wrong);
    return undefined;
  };
  let environment: T | undefined;
  try {
    environment = readEnvironment(env);
  } catch (error) {
    collect(error);
  }
  const path = env['BATON_CONFIG'] ?? 'baton.config.ts';
  const business = await loadConfig(environment?.BATON_CONFIG ?? path).catch(collect);
  if (environment && business) return { environment, business };
  throw new SettingsError(wrong);
}
