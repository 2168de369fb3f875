/**
 * Settings of payload encryption: the master keys and the store of data keys, both or neither. Without
 * them Temporal's database contains customers' text in the clear.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Environment } from './environment.js';
import { SettingsError, type WrongSetting } from './settings-error.js';

export type EncryptionSettings = {
  /** Newest first. */
  readonly masterKeys: readonly [MasterKeySetting, ...MasterKeySetting[]];
  readonly store: { readonly directory: string } | { readonly database: string };
  /** Cache lifetime of a key, in milliseconds, if not the default. */
  readonly keyLife?: number;
};
export type MasterKeySetting = { readonly id: string; readonly key: Uint8Array };

const keysSetting = 'BATON_ENCRYPTION_KEYS';
const storeSetting = 'BATON_KEY_STORE';
const keyLength = 32;

/** @throws SettingsError */
export function encryptionSettings(env: Environment): EncryptionSettings | undefined {
  const { [keysSetting]: keys, [storeSetting]: store } = env;
  if (!keys && !store) return undefined;
  const wrong: WrongSetting[] = [];
  const masterKeys = keys ? readKeys(keys) : missing(storeSetting);
  const place = store ? readStore(store) : missing(keysSetting);
  if (typeof masterKeys === 'string') wrong.push({ setting: keysSetting, problem: masterKeys });
  if (typeof place === 'string') wrong.push({ setting: storeSetting, problem: place });
  if (typeof masterKeys === 'string' || typeof place === 'string') throw new SettingsError(wrong);
  return { masterKeys, store: place };
}

function missing(other: string): string {
  return `is not set, and ${other} is`;
}

/** The master keys, or the error in them. */
function readKeys(given: string): EncryptionSettings['masterKeys'] | string {
  let text = given;
  if (given.startsWith('file:')) {
    try {
      text = readFileSync(pathOf(given), 'utf8');
    } catch {
      return 'names a file that cannot be read';
    }
  }
  const written = text.split(/[\s,]+/).filter((one) => one !== '');
  const keys = written.map(readKey);
  const wrong = keys.findIndex((key) => key === undefined);
  if (wrong >= 0) {
    return `key ${wrong + 1}: expected ID:KEY, with letters, digits, - and _ in the id, and 32 bytes in base64 as the key`;
  }
  const [newest, ...older] = keys.flatMap((key) => key ?? []);
  if (!newest) return 'expected ID:KEY, newest first, separated by commas';
  const ids = new Set([newest, ...older].map(({ id }) => id));
  return ids.size < keys.length ? 'an id occurs twice' : [newest, ...older];
}

function readKey(written: string): MasterKeySetting | undefined {
  const [, id = '', encoded = ''] = /^([\w-]{1,32}):([A-Za-z0-9+/]{43}=?)$/.exec(written) ?? [];
  const key = Buffer.from(encoded, 'base64');
  return id !== '' && key.length === keyLength ? { id, key } : undefined;
}

function readStore(given: string): EncryptionSettings['store'] | string {
  if (/^file:.+/.test(given)) return { directory: pathOf(given) };
  const isDatabase = /^postgres(ql)?:\/\/[^/]+\/.+/.test(given) && URL.canParse(given);
  if (isDatabase) return { database: given };
  return 'expected file:/a/directory or postgres://user:password@host/database';
}

/** Accepts `file:keys`, `file:/var/keys`, `file:///var/keys`. */
function pathOf(url: string): string {
  return resolve(url.replace(/^file:(\/\/(?=\/))?/, ''));
}
