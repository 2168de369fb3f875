/**
 * A key store in a directory, for one machine or a volume shared by all processes: `NAME/ID/MASTER`, a
 * file for each wrapping.
 *
 * A key's folder is renamed into place as a whole, so that a key is either complete or absent. A key to be
 * destroyed is first moved to `.destroyed` and overwritten there, so that no process writes into it or
 * reads overwritten bytes; the next call finishes an interrupted destruction. Writes are synced to disk
 * before use. The root directory is never created here: a missing one means a volume that is not mounted.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, opendir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nameBefore, retiredName, type KeyStore, type StoredKey } from './key-store.js';

/** Prefix of folders that are not keys: temporary or destroyed ones. */
const hidden = '.';

export function createDirectoryStore(root: string): KeyStore {
  const folderOf = (name: string) => join(root, name);
  const elsewhere = () => join(root, `${hidden}${unique()}`);
  /** Contains the key's name, so that a leftover is destroyed together with the key. */
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
        // The key was destroyed, or another one exists.
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
    // Destroyed meanwhile: the caller may retry.
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

/** The path contains the key's id, so that the wrapping is never written to a later key of the same name. */
async function putBeside(folder: string, place: string, key: StoredKey): Promise<void> {
  const file = await writeKey(place, key);
  await rename(file, join(folder, key.id, key.master));
  await sync(join(folder, key.id));
}

/** All wrappings of the key; empty if there is no such key. */
async function readKeys(folder: string): Promise<readonly StoredKey[]> {
  for (;;) {
    const ids = await unlessGone(readdir(folder));
    if (!ids) return [];
    const found = await unlessGone(Promise.all(ids.map((id) => readBelow(join(folder, id)))));
    if (found) return found.flat();
    // Rewrapped or destroyed since the directory was listed.
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

/** Writes into a temporary folder. @returns the path of the key's file */
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

/** Moves a path for `destroyMoved`. @returns whether it existed */
async function moveAway(root: string, path: string): Promise<boolean> {
  const moved = rename(path, join(destroyedIn(root), unique())).then(() => true);
  return (await unlessGone(moved)) ?? false;
}

/** Destroys everything that was moved, by any process; concurrent calls do no harm. */
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
      // Another process was faster.
      if (!isOneOf(error, 'ENOENT')) throw error;
    }
  }
}

/** Best effort: the file system's journal or the disk may keep the old bytes. */
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

/** Makes renames and writes durable across a power failure. */
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
