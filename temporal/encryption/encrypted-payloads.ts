/**
 * Decrypts payloads in Temporal's JSON form, for tools of authorised operators. A payload whose key was
 * destroyed becomes a payload that says so.
 */
import { KeyDestroyed, KeyStoreAway, NotOurs } from './errors.js';
import { encryptedWith, decrypt } from './payload-codec.js';
import type { EncryptionSettings } from '../../settings/encryption.js';
import { getEncryption } from './data-converter.js';

/** All values in base64. */
export type JsonPayload = {
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly data?: string | undefined;
};

export type Opened = {
  readonly payloads: readonly JsonPayload[];
  /** The distinct references of the keys used; opaque. */
  readonly keys: readonly string[];
};

export type EncryptedPayloads = {
  /** @throws KeyStoreAway */
  open(payloads: readonly JsonPayload[]): Promise<Opened>;
};

export { KeyStoreAway };

export function createEncryptedPayloads(settings: EncryptionSettings): EncryptedPayloads {
  const { keys } = getEncryption(settings);
  return {
    async open(given) {
      const payloads = given.map(({ metadata = {}, data = '' }) => ({
        metadata: eachValue(metadata, (value) => Buffer.from(value, 'base64')),
        data: Buffer.from(data, 'base64'),
      }));
      const opened = payloads.map(async (payload) => {
        const { metadata, data } = await decrypt(payload, keys).catch(describeError);
        return {
          metadata: eachValue(metadata ?? {}, toBase64),
          data: toBase64(data ?? new Uint8Array()),
        };
      });
      const encrypted = payloads.flatMap((payload) => encryptedWith(payload) ?? []);
      return { payloads: await Promise.all(opened), keys: [...new Set(encrypted)] };
    },
  };
}

function describeError(error: unknown) {
  if (!(error instanceof KeyDestroyed || error instanceof NotOurs)) throw error;
  return {
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify(`[${error.message}]`)),
  };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function eachValue<From, To>(of: Readonly<Record<string, From>>, to: (value: From) => To) {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, to(value)] as const));
}
