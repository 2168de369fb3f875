/** The server's page token, with a digest of the search it belongs to; the server checks neither. */
import { createHash } from 'node:crypto';

export class WrongPage extends Error {
  override readonly name = 'WrongPage';
}

const markLength = 8;

/** `undefined` after the last page. */
export function pageOf(token: Uint8Array, query: string): string | undefined {
  if (token.length === 0) return undefined;
  return Buffer.concat([markOf(token, query), token]).toString('base64url');
}

/** @throws WrongPage for a page of another search */
export function tokenIn(page: string | undefined, query: string): { nextPageToken?: Uint8Array } {
  if (page === undefined) return {};
  const bytes = Buffer.from(page, 'base64url');
  const token = bytes.subarray(markLength);
  if (bytes.subarray(0, markLength).equals(markOf(token, query))) return { nextPageToken: token };
  throw new WrongPage('no such page of this list');
}

function markOf(token: Uint8Array, query: string): Buffer {
  return createHash('sha256').update(query).update(token).digest().subarray(0, markLength);
}
