/** Data keys and where they are kept: in a folder, and in PostgreSQL where this machine has it. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataKeys, type DataKeys } from '../../../temporal/encryption/data-keys.js';
import { createDirectoryStore } from '../../../temporal/encryption/directory-store.js';
import { KeyDestroyed, KeyStoreAway, NotOurs } from '../../../temporal/encryption/errors.js';
import type { KeyStore } from '../../../temporal/encryption/key-store.js';
import { createKeyring } from '../../../temporal/encryption/keyring.js';
import { createPayloadCodec, encryptedWith } from '../../../temporal/encryption/payload-codec.js';
import { createPostgresStore } from '../../../temporal/encryption/postgres-store.js';
import { MostAreUseless, rewrapAll, purge } from '../../../temporal/encryption/maintenance.js';
import { findPostgres } from '../../../local/setup/cluster.js';
import { startPostgres, type TestPostgres } from '../../harness/postgres.js';
import { newMasterKey } from '../../harness/encrypted.js';
import { eventually } from '../../harness/eventually.js';

const [first, second] = [newMasterKey('first'), newMasterKey('second')];
const ana = 'thread:domain:ana';
const ben = 'thread:domain:ben';

type Place = { readonly open: () => KeyStore; close(): Promise<void> | void };

function inFolder(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'baton-keys-'));
  return {
    open: () => createDirectoryStore(folder),
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** A process of its own, as far as keys go. */
const aProcess = (store: KeyStore, life?: number, keys = [first] as const): DataKeys =>
  createDataKeys(store, createKeyring(keys), life);

const postgresPrograms = await findPostgres();
const kinds = ['a folder', ...(postgresPrograms === undefined ? [] : ['PostgreSQL'])] as const;

describe.each(kinds)('keys in %s', (kind) => {
  let postgres: TestPostgres | undefined;
  let place: Place;
  let store: KeyStore;
  beforeAll(async () => {
    if (kind === 'a folder') place = inFolder();
    else {
      const running = (postgres = await startPostgres(postgresPrograms ?? ''));
      place = { open: () => createPostgresStore(running.url), close: () => running.stop() };
    }
    store = place.open();
    await aProcess(store).init();
    await aProcess(store).init();
  });
  afterAll(async () => {
    await store.close();
    await place.close();
  });

  it('are the same for all who ask at once, in however many processes', async () => {
    const stores = Array.from({ length: 10 }, () => place.open());
    const made = stores.flatMap((one) => [aProcess(one).keyOf(ana), aProcess(one).keyOf(ana)]);
    const keys = await Promise.all(made);
    expect(new Set(keys.map(({ reference }) => reference)).size).toBe(1);
    expect(new Set(keys.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(1);
    const other = await aProcess(store).keyOf(ben);
    expect(other.reference).not.toBe(keys[0]?.reference);
    for (const one of stores) await one.close();
  });

  it('have names that do not reveal the person', async () => {
    const names: string[] = [];
    for await (const { under } of store.list()) names.push(under);
    expect(names).toHaveLength(3);
    expect(names.join()).not.toMatch(/ana|ben|domain|thread/);
  });

  it('are gone at once where they are destroyed, elsewhere when their short life is over', async () => {
    const [here, there] = [aProcess(store), aProcess(store, 200)];
    const { reference } = await here.keyOf('thread:domain:eve');
    expect((await there.keyFor(reference)).reference).toBe(reference);
    expect(await here.destroy(['thread:domain:eve', 'thread:domain:nobody'])).toBe(1);
    await expect(here.keyFor(reference)).rejects.toBeInstanceOf(KeyDestroyed);
    await eventually(() =>
      there.keyFor(reference).then(
        () => 'known',
        (error: unknown) => (error as Error).name,
      ),
    ).toBe('KeyDestroyed');
    // What comes next has another one.
    expect((await there.keyOf('thread:domain:eve')).reference).not.toBe(reference);
    expect(await here.destroy(['thread:domain:eve'])).toBe(1);
  });

  it('of who comes again open where the former one is still known', async () => {
    const [here, there] = [aProcess(store), aProcess(store)];
    const { reference: former } = await there.keyOf('thread:domain:again');
    await here.destroy(['thread:domain:again']);
    const { reference } = await here.keyOf('thread:domain:again');
    expect((await there.keyFor(reference)).reference).toBe(reference);
    await expect(there.keyFor(former)).rejects.toBeInstanceOf(KeyDestroyed);
    await here.destroy(['thread:domain:again']);
  });

  it('are wrapped anew by a new master key, and then need the old one no more', async () => {
    const { reference, key } = await aProcess(store).keyOf(ana);
    const both = createKeyring([second, first]);
    const before = (await aProcess(store).keyFor(reference)).key;
    expect(await rewrapAll(store, both)).toEqual({ rewrapped: 3, already: 0 });
    expect(await rewrapAll(store, both)).toEqual({ rewrapped: 0, already: 3 });
    const after = createDataKeys(store, createKeyring([second]));
    expect((await after.keyFor(reference)).key).toEqual(key);
    expect(before).toEqual(key);
    await expect(aProcess(store).keyOf(ana)).rejects.toThrow('second');
    await rewrapAll(store, createKeyring([first, second]));
  });

  it('that were destroyed are not brought back by whoever wraps them anew', async () => {
    const keys = aProcess(store);
    const { reference } = await keys.keyOf('thread:domain:gone');
    for await (const { under, key } of store.list()) {
      if (!reference.includes(key.name)) continue;
      await keys.destroy(['thread:domain:gone']);
      const again = await keys.keyOf('thread:domain:gone');
      await store.rewrap(under, key, createKeyring([second]).wrap(new Uint8Array(32), 'x'));
      expect((await aProcess(store).keyOf('thread:domain:gone')).reference).toBe(again.reference);
    }
    await expect(aProcess(store).keyFor(reference)).rejects.toBeInstanceOf(KeyDestroyed);
    await keys.destroy(['thread:domain:gone']);
  });

  it('that are not needed are deleted, and those of new conversations are safe', async () => {
    const keys = aProcess(store);
    const { reference: old } = await keys.keyOf('thread:domain:old');
    const { reference: back } = await keys.keyOf('thread:domain:back');
    const needed = new Set([ana, ben]);
    const swept = await purge(store, {
      findNeeded: () => keys.namesOf(needed),
      async pause() {
        // Somebody who had the key in hand begins with it; searches know it only now.
        needed.add('thread:domain:back');
        expect((await aProcess(store).keyFor(back)).reference).toBe(back);
        expect((await aProcess(store).keyOf('thread:domain:back')).reference).not.toBe(back);
      },
    });
    expect(swept.destroyed).toBe(1);
    await expect(aProcess(store).keyFor(old)).rejects.toBeInstanceOf(KeyDestroyed);
    expect((await aProcess(store).keyFor(back)).reference).toBe(back);
    await keys.destroy(['thread:domain:back']);
    await expect(aProcess(store).keyFor(back)).rejects.toBeInstanceOf(KeyDestroyed);
  });

  it('are not deleted if most of them seem unneeded: that is another namespace', async () => {
    const keys = aProcess(store);
    const theirs = Array.from({ length: 9 }, (_, index) => `thread:domain:${index}`);
    for (const one of theirs) await keys.keyOf(one);
    const findNeeded = () => keys.namesOf([]);
    const pause = () => Promise.resolve();
    await expect(purge(store, { findNeeded, pause })).rejects.toBeInstanceOf(MostAreUseless);
    const anew = aProcess(store);
    for (const one of theirs) {
      const { reference } = await keys.keyOf(one);
      expect((await anew.keyOf(one)).reference).toBe(reference);
    }
    const needed = () => keys.namesOf([ana, ben]);
    const swept = await purge(store, { findNeeded: needed, pause, isSure: true });
    expect(swept).toEqual({ destroyed: theirs.length, kept: 3 });
  });

  it.runIf(kind === 'PostgreSQL')('of a database that does not answer time out', async () => {
    const another = place.open();
    postgres?.freeze();
    await expect(aProcess(another).keyOf(ana)).rejects.toBeInstanceOf(KeyStoreAway);
    postgres?.thaw();
    await another.close();
    await eventually(() =>
      aProcess(store)
        .keyOf(ana)
        .then(
          () => 'there',
          () => 'away',
        ),
    ).toBe('there');
  });
});

describe('a payload', () => {
  const place = inFolder();
  const store = place.open();
  beforeAll(() => aProcess(store).init());
  afterAll(() => place.close());
  const codecOf = (keys: DataKeys) => createPayloadCodec({ keys, scopeOf: (id) => id ?? 'shared' });
  const context = { type: 'workflow', namespace: 'default', workflowId: ana } as const;
  const payload = {
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from('"what nobody may read"'),
  };

  it('is encrypted each time anew, and opened without knowing whose it is', async () => {
    const [one] = await codecOf(aProcess(store)).encode([payload], context);
    const [other] = await codecOf(aProcess(store)).encode([payload], context);
    expect(Buffer.from(one!.data!)).not.toEqual(Buffer.from(other!.data!));
    const [back] = await codecOf(aProcess(store)).decode([one!]);
    expect(Buffer.from(back!.data!).toString()).toBe('"what nobody may read"');
    expect(Buffer.from(back!.metadata!['encoding']!).toString()).toBe('json/plain');
    expect(await codecOf(aProcess(store)).decode([payload])).toEqual([payload]);
  });

  it('that was changed, or is of another store, is refused', async () => {
    const [encrypted] = await codecOf(aProcess(store)).encode([payload], context);
    const changed = Buffer.from(encrypted!.data!);
    changed[20]! ^= 1;
    const decode = (one: object) => codecOf(aProcess(store)).decode([{ ...encrypted, ...one }]);
    await expect(decode({ data: changed })).rejects.toBeInstanceOf(NotOurs);
    await expect(decode({ data: Buffer.alloc(3) })).rejects.toBeInstanceOf(NotOurs);
    const elsewhere = inFolder();
    const other = codecOf(aProcess(elsewhere.open()));
    await aProcess(elsewhere.open()).init();
    await expect(other.decode([encrypted!])).rejects.toBeInstanceOf(NotOurs);
    await elsewhere.close();
  });

  it('does not pass while no key is to be had: not encrypted, and not plain', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baton-keys-'));
    const keys = aProcess(createDirectoryStore(join(folder, 'mounted')), 50);
    const encode = () => codecOf(keys).encode([payload], context);
    await expect(encode()).rejects.toBeInstanceOf(KeyStoreAway);
    // A volume that is not mounted is not made up for by a folder of ours.
    expect(readdirSync(folder)).toEqual([]);
    mkdirSync(join(folder, 'mounted'));
    // Nor is a folder on which it is not mounted taken for a new one.
    await expect(encode()).rejects.toThrow('npm run keys -- init');
    expect(readdirSync(join(folder, 'mounted'))).toEqual([]);
    await keys.init();
    const [encrypted] = await encode();
    expect(encryptedWith(encrypted!)).toBeDefined();
    renameSync(join(folder, 'mounted'), join(folder, 'away'));
    const why = () => encode().catch((error: unknown) => (error as Error).name);
    await eventually(why).toBe('KeyStoreAway');
    mkdirSync(join(folder, 'mounted'));
    expect(await why()).toBe('KeyStoreAway');
    await expect(codecOf(keys).decode([encrypted!])).rejects.toBeInstanceOf(KeyStoreAway);
    await expect(keys.destroy([ana])).rejects.toBeInstanceOf(KeyStoreAway);
    await expect(keys.reach()).rejects.toBeInstanceOf(KeyStoreAway);
    expect(readdirSync(join(folder, 'mounted'))).toEqual([]);
    // Nor is another one that was made ready.
    await aProcess(createDirectoryStore(join(folder, 'mounted'))).init();
    expect(await why()).toBe('KeyStoreAway');
    rmSync(folder, { recursive: true });
  });

  it('does not pass where the master key is another one than it was', async () => {
    const same = { id: first.id, key: second.key };
    const encode = () => codecOf(createDataKeys(store, createKeyring([same]))).encode([payload]);
    await expect(encode()).rejects.toThrow('BATON_ENCRYPTION_KEYS');
  });
});
