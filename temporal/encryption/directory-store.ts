/**
 * Keys in a directory, for one machine or a volume that all processes share: `NAME/ID/MASTER`, a file for
 * each wrapping.
 *
 * A name's folder is moved into place whole, so a key is there or not. What is destroyed is moved to
 * `.destroyed` first and overwritten there, so that nobody writes into it, or reads noise; whoever destroys
 * next finishes what somebody left who was ended. What was written is on disk before it is used. The directory
 * itself is never made here: one that is missing is a volume that is not mounted.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, opendir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nameBefore, retiredName, type KeyStore, type StoredKey } from './key-store.js';

/** Of folders that are no key, or none yet, or none any more. */
const hidden = '.';

export function createDirectoryStore(root: string): KeyStore {
  const folderOf = (name: string) => join(root, name);
  const elsewhere = () => join(root, `${hidden}${unique()}`);
  /** Known by the key's name, so that it is destroyed with it where it was left behind. */
  const besides = (name: string) => join(root, `${hidden}rewrapped-${nameBefore(name)}`);
  return {
    async read(name) {
      const [key] = await readKeys(folderOf(name));
      if (!key) await stat(root);
      return key;
    },
    create: (key) => create(root, folderOf(key.name), elsewhere(), key),
    rewrap: (under, from, to) =>
      rewrap({ root, folder: folderOf(under), place: besides(under) }, from, { ...from, ...to }),
    async retire(name) {
      await rename(folderOf(name), folderOf(retiredName(name))).catch((error: unknown) => {
        // It was destroyed, or another one is there.
        if (!isOneOf(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST')) throw error;
      });
      await sync(root);
    },
    async destroy(names) {
      let destroyed = 0;
      await makeReady(root);
      for (const name of names) {
        if (await moveAway(root, folderOf(name))) destroyed += 1;
        await moveAway(root, besides(name));
      }
      await sync(root);
      await destroyMoved(root);
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

type Places = { readonly root: string; readonly folder: string; readonly place: string };

async function rewrap({ root, folder, place }: Places, from: StoredKey, to: StoredKey) {
  await makeReady(root);
  await moveAway(root, place);
  try {
    await putBeside(folder, place, to);
    await moveAway(root, join(folder, from.id, from.master));
  } catch (error) {
    // It was destroyed.
    if (!isOneOf(error, 'ENOENT')) throw error;
  } finally {
    await moveAway(root, place);
    await destroyMoved(root);
  }
}

/** Its id is on the way to the file, so that it is never put beside a later key of the same name. */
async function putBeside(folder: string, place: string, key: StoredKey): Promise<void> {
  const file = await writeKey(place, key);
  await rename(file, join(folder, key.id, key.master));
  await sync(join(folder, key.id));
}

/** Each wrapping of the key; none where there is no such key. */
async function readKeys(folder: string): Promise<readonly StoredKey[]> {
  for (;;) {
    const ids = await unlessGone(readdir(folder));
    if (!ids) return [];
    const found = await unlessGone(Promise.all(ids.map((id) => readBelow(join(folder, id)))));
    if (found) return found.flat();
    // Wrapped anew, or destroyed, since it was looked for.
  }
}

async function readBelow(folder: string): Promise<readonly StoredKey[]> {
  const read = async (file: string) =>
    JSON.parse(await readFile(join(folder, file), 'utf8')) as StoredKey;
  return Promise.all((await readdir(folder)).map(read));
}

async function unlessGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isOneOf(error, 'ENOENT')) return undefined;
    throw error;
  }
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

const unique = () => randomBytes(9).toString('base64url');

const destroyedIn = (root: string) => join(root, `${hidden}destroyed`);

async function makeReady(root: string): Promise<void> {
  await mkdir(destroyedIn(root), { mode: 0o700 }).catch((error: unknown) => {
    if (!isOneOf(error, 'EEXIST')) throw error;
  });
}

/** For `destroyMoved`. @returns whether there was something at this path */
async function moveAway(root: string, path: string): Promise<boolean> {
  const moved = rename(path, join(destroyedIn(root), unique())).then(() => true);
  return (await unlessGone(moved)) ?? false;
}

/** Whoever has moved it: two who destroy the same do no harm. */
async function destroyMoved(root: string): Promise<void> {
  const folder = destroyedIn(root);
  for (let isOver = false; !isOver;) {
    try {
      for (const path of await readdir(folder, { recursive: true })) {
        await overwrite(join(folder, path));
      }
      for (const path of await readdir(folder)) await rm(join(folder, path), { recursive: true });
      isOver = true;
    } catch (error) {
      // Another one was quicker.
      if (!isOneOf(error, 'ENOENT')) throw error;
    }
  }
}

/** As far as a file system lets us: its journal, or the disk, may keep what was there. */
async function overwrite(path: string): Promise<void> {
  if ((await stat(path)).isDirectory()) return;
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    await file.write(randomBytes(size), 0, size, 0);
    await file.datasync();
  } finally {
    await file.close();
  }
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
