/**
 * `npm run doctor`: checks whether the account is set up as Baton requires. Exits with 1 if there is an
 * error.
 */
import { SettingsError } from '../../settings/settings-error.js';
import { readWorkerEnvironment } from '../../settings/environment.js';
import { loadSettings } from '../../settings/load-settings.js';
import { temporalSettings } from '../../temporal/settings.js';
import { examine } from './check-all.js';
import { formatFindings } from './format.js';

try {
  const settings = await loadSettings(readWorkerEnvironment, temporalSettings);
  const { environment, temporal, business } = settings;
  const findings = await examine({
    business,
    temporal,
    engage: { url: environment.ENGAGE_URL, token: environment.ENGAGE_TOKEN },
    webhookUrl: environment.BATON_WEBHOOK_URL,
  });
  if (process.argv.includes('--json')) console.log(JSON.stringify({ findings }, undefined, 2));
  else for (const line of formatFindings(findings)) console.log(line);
  process.exitCode = findings.some(({ level }) => level === 'error') ? 1 : 0;
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(`baton doctor cannot run: ${error.message}`);
  process.exitCode = 1;
}
