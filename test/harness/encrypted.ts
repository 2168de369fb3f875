/** Encryption for one test: master keys, a folder of data keys, and the workflow bundles for them. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EncryptionSettings, MasterKeySetting } from '../../settings/encryption.js';
import { getEncryption } from '../../temporal/encryption/data-converter.js';
import { build, encryptingBeside } from '../../worker/bundle.js';

export type EncryptedPlace = {
  readonly folder: string;
  readonly encryption: EncryptionSettings;
  /** The same keys with a separate cache, as in another process. */
  inAnotherProcess(changed?: Partial<EncryptionSettings>): EncryptionSettings;
  /** @returns path of the bundle for encryption; processes get `workflow-bundle.js` beside it */
  readonly bundle: () => Promise<string>;
  readonly remove: () => void;
};

export function newMasterKey(id: string): MasterKeySetting {
  return { id, key: randomBytes(32) };
}

/** @param keyLife milliseconds that a key is cached, ten seconds in production: tests of erasure wait for it */
export async function createEncryptedPlace(keyLife = 1_000): Promise<EncryptedPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-encrypted-'));
  const directory = join(folder, 'keys');
  mkdirSync(directory);
  const settings = { masterKeys: [newMasterKey('first')] as const, store: { directory }, keyLife };
  await getEncryption(settings).keys.init();
  return {
    folder,
    encryption: settings,
    inAnotherProcess: (changed = {}) => ({ ...settings, ...changed }),
    bundle: () =>
      build(encryptingBeside(join(folder, 'workflow-bundle.js')), { isEncrypting: true }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
