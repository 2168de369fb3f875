/**
 * AES-256-GCM over whole messages: a nonce of its own before each, the tag behind it. Synchronous, for what
 * is sealed here is a few kilobytes, and handing them to another thread costs more than the work.
 *
 * What a message is bound to is not in it; who opens it has to name the same.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

export const keyLength = 32;

export function seal(key: Uint8Array, message: Uint8Array, boundTo: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(boundTo));
  const body = cipher.update(message);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** @throws when it was sealed with another key, bound to something else, or has been changed */
export function open(key: Uint8Array, sealed: Uint8Array, boundTo: string): Buffer {
  if (sealed.length < nonceLength + tagLength) throw new Error('too short to have been sealed');
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(sealed.subarray(-tagLength));
  const message = decipher.update(sealed.subarray(nonceLength, -tagLength));
  decipher.final();
  return message;
}
