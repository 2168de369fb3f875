/**
 * Checks the settings of every role of `npm start` before anything starts, and reports all errors at once.
 */
import {
  hasRealPlatform,
  readApiEnvironment,
  readPorts,
  readSimulatorEnvironment,
  readWorkerEnvironment,
  type Environment,
} from '../../settings/environment.js';
import { readAccess } from '../../settings/access.js';
import { loadSettings } from '../../settings/load-settings.js';
import { collect, SettingsError, type WrongSetting } from '../../settings/settings-error.js';
import { temporalSettings } from '../../temporal/settings.js';

/** @throws SettingsError */
export async function checkSettings(env: Environment): Promise<void> {
  const reads: readonly (() => unknown)[] = [
    () => readPorts(env),
    () => loadSettings(readApiEnvironment, temporalSettings, env),
    async () => readAccess(await loadSettings(readWorkerEnvironment, temporalSettings, env)),
    ...(hasRealPlatform(env) ? [] : [() => readSimulatorEnvironment(env)]),
  ];
  const wrong: WrongSetting[] = [];
  for (const read of reads) await collect(wrong, read);
  // Roles share settings: each error is reported once.
  const once = new Map(wrong.map((one) => [`${one.setting}: ${one.problem}`, one]));
  if (once.size > 0) throw new SettingsError([...once.values()]);
}
