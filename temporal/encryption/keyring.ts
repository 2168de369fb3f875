/**
 * The master keys, newest first. Data keys are wrapped with the newest; an older one only unwraps, until
 * every key it wrapped has been rewrapped (`npm run keys -- rewrap`).
 */
import { keyLength, open, encrypt } from './cipher.js';
import { KeyStoreAway } from './errors.js';

export type MasterKey = { readonly id: string; readonly key: Uint8Array };

export type Wrapped = {
  /** The id of the master key it is wrapped with. */
  readonly master: string;
  readonly wrapped: string;
};

export type Keyring = {
  readonly newest: string;
  wrap(key: Uint8Array, boundTo: string): Wrapped;
  /** @throws KeyStoreAway for an unknown master key: a rotation may be under way */
  unwrap(wrapped: Wrapped, boundTo: string): Buffer;
};

export function createKeyring(keys: readonly [MasterKey, ...MasterKey[]]): Keyring {
  const byId = new Map(keys.map(({ id, key }) => [id, key]));
  const [newest] = keys;
  return {
    newest: newest.id,
    wrap: (key, boundTo) => ({
      master: newest.id,
      wrapped: encrypt(newest.key, key, boundTo).toString('base64'),
    }),
    unwrap({ master, wrapped }, boundTo) {
      const key = byId.get(master);
      if (!key) throw new KeyStoreAway(`the master key ${master} is not in BATON_ENCRYPTION_KEYS`);
      try {
        const unwrapped = open(key, Buffer.from(wrapped, 'base64'), boundTo);
        if (unwrapped.length === keyLength) return unwrapped;
      } catch {
        // The error below replaces OpenSSL's message.
      }
      throw new KeyStoreAway(
        `the master key ${master} in BATON_ENCRYPTION_KEYS has changed: its check value differs`,
      );
    },
  };
}
