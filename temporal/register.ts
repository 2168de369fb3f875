/** `npm run register`: registers Baton's search attributes in a namespace. Idempotent. */
import { Connection } from '@temporalio/client';
import { runRole } from '../runtime/run-role.js';
import { StartError } from '../runtime/start-error.js';
import { readPorts, type Environment } from '../settings/environment.js';
import { collect, SettingsError, type WrongSetting } from '../settings/settings-error.js';
import { registerSearchAttributes } from './search-attributes.js';
import { temporalSettings, type TemporalSettings } from './settings.js';

await runRole('register', async () => {
  const { connection: options, namespace } = await readSettings(process.env);
  const connection = await Connection.connect(options).catch((cause: unknown) => {
    throw new StartError(`Temporal is not reachable at ${options.address}`, { cause });
  });
  const added = await registerSearchAttributes(connection, namespace);
  const known = added.length > 0 ? `registered ${added.join(', ')}` : 'all are registered';
  console.log(`search attributes: ${known}`);
  await connection.close();
});

async function readSettings(env: Environment): Promise<TemporalSettings> {
  const wrong: WrongSetting[] = [];
  const { BATON_TEMPORAL_PORT: port = 0 } = (await collect(wrong, () => readPorts(env))) ?? {};
  const temporal = await collect(wrong, () => temporalSettings(env, port));
  if (!temporal || wrong.length > 0) throw new SettingsError(wrong);
  return temporal;
}
