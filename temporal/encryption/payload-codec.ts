/**
 * What stands between our words and Temporal: payloads are sealed on their way in and opened on their way
 * out, each with the key of its scope. Never is one let through unsealed; one that never was sealed, as from
 * before encryption was switched on, is read as it is.
 *
 * The key's reference travels beside the payload, so that opening needs to know nothing else.
 */
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { open, seal } from './cipher.js';
import type { DataKeys } from './data-keys.js';
import { NotOurs } from './errors.js';
import { pack, unpack } from './packed-payload.js';

export const sealedEncoding = 'binary/encrypted';
export const keyReference = 'baton-key';

export type CodecOptions = {
  readonly keys: DataKeys;
  /** Whose key a workflow's payloads are sealed with; of no workflow: what nobody owns. */
  readonly scopeOf: (workflowId: string | undefined) => string;
};

export function createPayloadCodec({ keys, scopeOf }: CodecOptions): PayloadCodec {
  return {
    async encode(payloads, context) {
      const { key, reference } = await keys.keyOf(scopeOf(workflowOf(context)));
      return payloads.map((payload) => ({
        metadata: {
          encoding: Buffer.from(sealedEncoding),
          [keyReference]: Buffer.from(reference),
        },
        data: seal(key, pack(payload), reference),
      }));
    },
    decode: (payloads) => Promise.all(payloads.map((payload) => unseal(payload, keys))),
  };
}

function workflowOf(context: SerializationContext | undefined): string | undefined {
  return context?.workflowId;
}

/** The reference of the key it is sealed with; undefined for one that is not sealed. */
export function sealedWith({ metadata }: Payload): string | undefined {
  const told = (name: string) => {
    const value = metadata?.[name];
    return value && Buffer.from(value).toString();
  };
  return told('encoding') === sealedEncoding ? (told(keyReference) ?? '') : undefined;
}

/** @throws KeyDestroyed, KeyStoreAway, NotOurs */
export async function unseal(payload: Payload, keys: DataKeys): Promise<Payload> {
  const reference = sealedWith(payload);
  if (reference === undefined) return payload;
  const { key } = await keys.keyFor(reference);
  try {
    return unpack(open(key, payload.data ?? new Uint8Array(), reference));
  } catch {
    throw new NotOurs('it is not what was sealed');
  }
}
