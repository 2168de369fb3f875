/**
 * AES-256-GCM over whole messages: a nonce of its own before each, the tag behind it. Synchronous, for what
 * is encrypted here is a few kilobytes, and handing them to another thread costs more than the work.
 *
 * What a message is bound to is not in it; who opens it has to name the same.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

export const keyLength = 32;

export function encrypt(key: Uint8Array, message: Uint8Array, boundTo: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(boundTo));
  const body = cipher.update(message);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** @throws when it was encrypted with another key, bound to something else, or has been changed */
export function open(key: Uint8Array, encrypted: Uint8Array, boundTo: string): Buffer {
  if (encrypted.length < nonceLength + tagLength)
    throw new Error('too short to have been encrypted');
  const decipher = createDecipheriv(algorithm, key, encrypted.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(encrypted.subarray(-tagLength));
  const message = decipher.update(encrypted.subarray(nonceLength, -tagLength));
  decipher.final();
  return message;
}
