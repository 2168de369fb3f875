/**
 * AES-256-GCM over whole messages: a random nonce before each, the tag behind it. Synchronous, because
 * payloads are a few kilobytes, and moving them to another thread costs more than the encryption.
 *
 * The additional authenticated data is not part of a message; decryption has to pass the same.
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

/** @throws for another key, other authenticated data, or a modified message */
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
