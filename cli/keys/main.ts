/**
 * `npm run keys -- new | init | rewrap | purge [--yes]`: creates a master key; initialises a folder for
 * data keys; rewraps every data key with the newest master key; destroys keys of which Temporal has no
 * data any more, with `--yes` even if these are most of the keys. All are idempotent, except `new`.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { MostAreUseless, rewrapAll, purge } from '../../temporal/encryption/maintenance.js';
import { runRole } from '../../runtime/run-role.js';
import { StartError } from '../../runtime/start-error.js';
import type { EncryptionSettings } from '../../settings/encryption.js';
import { readPorts } from '../../settings/environment.js';
import { clientAt } from '../../temporal/client.js';
import { getEncryption } from '../../temporal/encryption/data-converter.js';
import { getKeyScope } from '../../temporal/encryption/key-scope.js';
import { temporalSettings, type TemporalSettings } from '../../temporal/settings.js';

/** Longer than the delay of searches and than the lifetime of cached keys, in milliseconds. */
const pause = 60_000;
const pageSize = 1_000;

const [command, ...rest] = process.argv.slice(2);

await runRole('keys', async () => {
  const isSure = command === 'purge' && rest.join() === '--yes';
  if (rest.length > 0 && !isSure) throw new StartError(`what is ${rest.join(' ')}?`);
  const act = { new: makeKey, init, rewrap, purge: () => purgeKeys(isSure) }[command ?? ''];
  if (!act) throw new StartError('expected new, init, rewrap or purge');
  console.log(await act());
});

/** The id is the date: `2026-05-03:…`. */
function makeKey(): string {
  const day = new Date().toISOString().slice(0, 10);
  return `${day}:${randomBytes(32).toString('base64')}`;
}

function settings(): TemporalSettings & { readonly encryption: EncryptionSettings } {
  const { BATON_TEMPORAL_PORT: port } = readPorts(process.env);
  const temporal = temporalSettings(process.env, port);
  if (temporal.encryption) return { ...temporal, encryption: temporal.encryption };
  throw new StartError('BATON_ENCRYPTION_KEYS and BATON_KEY_STORE are not set');
}

async function init(): Promise<string> {
  const { encryption } = settings();
  const { store } = encryption;
  if ('directory' in store) await mkdir(store.directory, { recursive: true, mode: 0o700 });
  await getEncryption(encryption).keys.init();
  return 'the key store is there';
}

async function rewrap(): Promise<string> {
  const { store, keyring, keys } = getEncryption(settings().encryption);
  await keys.reach();
  const { rewrapped, already } = await rewrapAll(store, keyring);
  return `${rewrapped} keys wrapped with ${keyring.newest}, ${already} were already`;
}

async function purgeKeys(isSure: boolean): Promise<string> {
  const temporal = settings();
  const { store, keys } = getEncryption(temporal.encryption);
  const connection = await Connection.connect(temporal.connection);
  const { workflow } = clientAt({ ...temporal, connection });
  const findNeeded = async () => {
    const scopes = new Set([getKeyScope(undefined)]);
    for await (const { workflowId } of workflow.list({ pageSize }))
      scopes.add(getKeyScope(workflowId));
    return keys.namesOf(scopes);
  };
  const wait = () => sleep(pause);
  try {
    const { destroyed, kept } = await purge(store, { findNeeded, pause: wait, isSure });
    return `${destroyed} keys destroyed, ${kept} kept`;
  } catch (error) {
    throw error instanceof MostAreUseless ? new StartError(wrongPlace(error, temporal)) : error;
  } finally {
    await connection.close();
  }
}

function wrongPlace({ message }: MostAreUseless, { namespace, connection }: TemporalSettings) {
  return `${message} by the namespace ${namespace} at ${connection.address}. Nothing was done. If it is the one this key store belongs to: npm run keys -- purge --yes`;
}
