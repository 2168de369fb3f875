/** A folder of keys, where somebody is ended in the middle of his work, or reads while it is done. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDataKeys } from '../../../temporal/encryption/data-keys.js';
import { createDirectoryStore } from '../../../temporal/encryption/directory-store.js';
import type { KeyStore } from '../../../temporal/encryption/key-store.js';
import { createKeyring } from '../../../temporal/encryption/keyring.js';
import { rewrapAll } from '../../../temporal/encryption/maintenance.js';
import { newMasterKey } from '../../harness/encrypted.js';

const [first, second] = [newMasterKey('first'), newMasterKey('second')];

let folder: string;
let store: KeyStore;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-keys-'));
  store = createDirectoryStore(folder);
  await createDataKeys(store, createKeyring([first])).init();
});
afterEach(() => rmSync(folder, { recursive: true }));

async function names(): Promise<string[]> {
  const found: string[] = [];
  for await (const { under } of store.list()) found.push(under);
  return found;
}

function leaveBehind(...path: readonly string[]): void {
  mkdirSync(join(folder, ...path), { recursive: true });
  writeFileSync(join(folder, ...path, 'first'), '{"name":"ana"}');
}

it('whoever lists it while keys are wrapped anew reads each of them', async () => {
  const keys = createDataKeys(store, createKeyring([first]));
  for (let one = 0; one < 30; one += 1) await keys.keyOf(`thread:domain:${one}`);
  const wrapping = { isOver: false };
  const over = rewrapAll(store, createKeyring([second, first])).finally(() => {
    wrapping.isOver = true;
  });
  while (!wrapping.isOver) expect(new Set(await names()).size).toBe(31);
  expect((await over).rewrapped).toBe(31);
  expect(await names()).toHaveLength(31);
  expect(readdirSync(join(folder, '.destroyed'))).toEqual([]);
});

it('what one who was ended left undestroyed the next one destroys', async () => {
  leaveBehind('.destroyed', 'one', 'id');
  leaveBehind('.destroyed', 'other');
  await store.destroy([]);
  expect(readdirSync(join(folder, '.destroyed'))).toEqual([]);
});

it('a wrapping that was not put in place is destroyed with its key', async () => {
  for (const name of ['ana', 'retired-ana']) {
    leaveBehind('.rewrapped-ana', 'id');
    expect(await store.destroy([name])).toBe(0);
    expect(existsSync(join(folder, '.rewrapped-ana'))).toBe(false);
  }
  expect(await names()).toEqual(['root']);
});
