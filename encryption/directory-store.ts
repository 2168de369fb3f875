/**
 * Keys in a directory, for one machine or a volume that all processes share: `NAME/ID/MASTER`, a file for
 * each wrapping.
 *
 * A name's folder is moved into place whole, so a key is there or not, and moved away before it is emptied,
 * so nobody writes into a key that is being destroyed. What was written is on disk before it is used. The
 * directory itself is never made here: one that is missing is a volume that is not mounted.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, opendir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { retiredName, type KeyStore, type StoredKey } from './key-store.js';

/** Of folders that are no key, or none yet, or none any more. */
const hidden = '.';

export function createDirectoryStore(root: string): KeyStore {
  const folderOf = (name: string) => join(root, name);
  const elsewhere = () => join(root, `${hidden}${randomBytes(9).toString('base64url')}`);
  return {
    async read(name) {
      const [key] = await readKeys(folderOf(name));
      if (!key) await stat(root);
      return key;
    },
    create: (key) => create(root, folderOf(key.name), elsewhere(), key),
    rewrap: (under, from, to) => rewrap(folderOf(under), elsewhere(), from, { ...from, ...to }),
    async retire(name) {
      await rename(folderOf(name), folderOf(retiredName(name))).catch((error: unknown) => {
        // It was destroyed, or another one is there.
        if (!isOneOf(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST')) throw error;
      });
      await sync(root);
    },
    async destroy(names) {
      let destroyed = 0;
      for (const name of names) destroyed += await destroyOne(folderOf(name), elsewhere());
      await sync(root);
      return destroyed;
    },
    async *list() {
      for await (const { name } of await opendir(root)) {
        if (name.startsWith(hidden)) continue;
        for (const key of await readKeys(folderOf(name))) yield { under: name, key };
      }
    },
    close: () => Promise.resolve(),
  };
}

async function create(
  root: string,
  folder: string,
  place: string,
  key: StoredKey,
): Promise<StoredKey> {
  await writeKey(place, key);
  try {
    await rename(place, folder);
  } catch (error) {
    if (!isOneOf(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    await rm(place, { recursive: true });
    const [there] = await readKeys(folder);
    // Destroyed since: whoever asked may ask again.
    if (!there) throw error;
    return there;
  }
  await sync(root);
  return key;
}

/** Its id is on the way to the file, so that it is never put beside a later key of the same name. */
async function rewrap(folder: string, place: string, from: StoredKey, to: StoredKey) {
  const file = await writeKey(place, to);
  try {
    await rename(file, join(folder, to.id, to.master));
    await sync(join(folder, to.id));
    await overwrite(join(folder, from.id, from.master));
  } catch (error) {
    // It was destroyed.
    if (!isOneOf(error, 'ENOENT')) throw error;
  } finally {
    await rm(place, { recursive: true });
  }
}

/** Each wrapping of the key; none where there is no such key. */
async function readKeys(folder: string): Promise<readonly StoredKey[]> {
  try {
    const keys: StoredKey[] = [];
    for (const path of await filesBelow(folder)) {
      keys.push(JSON.parse(await readFile(path, 'utf8')) as StoredKey);
    }
    return keys;
  } catch (error) {
    if (isOneOf(error, 'ENOENT')) return [];
    throw error;
  }
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of await readdir(folder)) {
    for (const file of await readdir(join(folder, id))) found.push(join(folder, id, file));
  }
  return found;
}

/** In a folder that is none of a key yet. @returns the path of its file */
async function writeKey(place: string, key: StoredKey): Promise<string> {
  const folder = join(place, key.id);
  await mkdir(place, { mode: 0o700 });
  await mkdir(folder, { mode: 0o700 });
  const path = join(folder, key.master);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(key));
    await file.sync();
  } finally {
    await file.close();
  }
  await sync(folder);
  await sync(place);
  return path;
}

async function destroyOne(folder: string, place: string): Promise<number> {
  try {
    await rename(folder, place);
  } catch (error) {
    if (isOneOf(error, 'ENOENT')) return 0;
    throw error;
  }
  for (const file of await filesBelow(place)) await overwrite(file);
  await rm(place, { recursive: true });
  return 1;
}

/** As far as a file system lets us: its journal, or the disk, may keep what was there. */
async function overwrite(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    await file.write(randomBytes(size), 0, size, 0);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rm(path);
}

/** What was moved or written is there after a power cut too. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isOneOf(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
