/**
 * Encrypts payloads on the way to Temporal and decrypts them on the way back, each with the key of its
 * scope. No payload passes unencrypted; a payload that was never encrypted, as from before encryption was
 * enabled, is read as it is.
 *
 * The key's reference travels with the payload, so that decryption needs nothing else.
 */
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { open, encrypt } from './cipher.js';
import type { DataKeys } from './data-keys.js';
import { NotOurs } from './errors.js';
import { pack, unpack } from './packed-payload.js';

export const encryptedEncoding = 'binary/encrypted';
export const keyReference = 'baton-key';

export type CodecOptions = {
  readonly keys: DataKeys;
  /** Key scope of a workflow; without a workflow id, the shared scope. */
  readonly scopeOf: (workflowId: string | undefined) => string;
};

export function createPayloadCodec({ keys, scopeOf }: CodecOptions): PayloadCodec {
  return {
    async encode(payloads, context) {
      const { key, reference } = await keys.keyOf(scopeOf(workflowOf(context)));
      return payloads.map((payload) => ({
        metadata: {
          encoding: Buffer.from(encryptedEncoding),
          [keyReference]: Buffer.from(reference),
        },
        data: encrypt(key, pack(payload), reference),
      }));
    },
    decode: (payloads) => Promise.all(payloads.map((payload) => decrypt(payload, keys))),
  };
}

function workflowOf(context: SerializationContext | undefined): string | undefined {
  return context?.workflowId;
}

/** Reference of the key it is encrypted with; undefined if it is not encrypted. */
export function encryptedWith({ metadata }: Payload): string | undefined {
  const read = (name: string) => {
    const value = metadata?.[name];
    return value && Buffer.from(value).toString();
  };
  return read('encoding') === encryptedEncoding ? (read(keyReference) ?? '') : undefined;
}

/** @throws KeyDestroyed, KeyStoreAway, NotOurs */
export async function decrypt(payload: Payload, keys: DataKeys): Promise<Payload> {
  const reference = encryptedWith(payload);
  if (reference === undefined) return payload;
  const { key } = await keys.keyFor(reference);
  try {
    return unpack(open(key, payload.data ?? new Uint8Array(), reference));
  } catch {
    throw new NotOurs('the ciphertext was altered');
  }
}
