/**
 * What stands between our words and Temporal: payloads are encrypted on their way in and opened on their way
 * out, each with the key of its scope. Never is one let through unencrypted; one that never was encrypted, as from
 * before encryption was switched on, is read as it is.
 *
 * The key's reference travels beside the payload, so that opening needs to know nothing else.
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
  /** Whose key a workflow's payloads are encrypted with; of no workflow: what nobody owns. */
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

/** The reference of the key it is encrypted with; undefined for one that is not encrypted. */
export function encryptedWith({ metadata }: Payload): string | undefined {
  const told = (name: string) => {
    const value = metadata?.[name];
    return value && Buffer.from(value).toString();
  };
  return told('encoding') === encryptedEncoding ? (told(keyReference) ?? '') : undefined;
}

/** @throws KeyDestroyed, KeyStoreAway, NotOurs */
export async function decrypt(payload: Payload, keys: DataKeys): Promise<Payload> {
  const reference = encryptedWith(payload);
  if (reference === undefined) return payload;
  const { key } = await keys.keyFor(reference);
  try {
    return unpack(open(key, payload.data ?? new Uint8Array(), reference));
  } catch {
    throw new NotOurs('it is not what was encrypted');
  }
}
