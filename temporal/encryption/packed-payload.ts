/**
 * Serialises a payload to bytes, to be encrypted as a whole: length of the metadata, the metadata as JSON,
 * the data.
 */
import type { Payload } from '@temporalio/common';

const lengthBytes = 4;

export function pack({ metadata, data }: Payload): Buffer {
  const entries = Object.entries(metadata ?? {}).map(([name, value]): [string, string] => [
    name,
    Buffer.from(value).toString('base64'),
  ]);
  const head = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, data ?? new Uint8Array()]);
}

/** @throws for bytes that `pack` has not made */
export function unpack(bytes: Buffer): Payload {
  const start = lengthBytes + bytes.readUInt32BE();
  const entries = JSON.parse(bytes.toString('utf8', lengthBytes, start)) as Record<string, string>;
  const metadata = Object.entries(entries).map(([name, value]): [string, Uint8Array] => [
    name,
    Buffer.from(value, 'base64'),
  ]);
  return { metadata: Object.fromEntries(metadata), data: bytes.subarray(start) };
}
