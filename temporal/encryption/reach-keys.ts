/** Checks at start whether keys are available: a worker waits for them, an ingress reports it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../runtime/start-error.js';
import { getEncryption, type Encryption } from './data-converter.js';
import type { TemporalSettings } from '../settings.js';

type Settings = Pick<TemporalSettings, 'encryption'>;

const timeout = 30_000;
const pause = 1_000;

/** Why payloads cannot be encrypted or decrypted now; empty without encryption. */
export async function keyObstacles({ encryption }: Settings): Promise<readonly string[]> {
  if (!encryption) return [];
  try {
    await getEncryption(encryption).keys.reach();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : 'the key store does not answer'];
  }
}

/** @throws StartError when keys are not available within half a minute */
export async function openKeys(settings: Settings): Promise<Encryption | undefined> {
  for (const until = Date.now() + timeout; ;) {
    const [obstacle] = await keyObstacles(settings);
    if (obstacle === undefined) break;
    if (Date.now() > until) throw new StartError(obstacle);
    await sleep(pause);
  }
  return settings.encryption && getEncryption(settings.encryption);
}
