/** People who may see and steer, for tests: their tokens, and as they are written in `baton.config.ts`. */
import { createHash, randomUUID } from 'node:crypto';
import type { OperatorSettings } from '../../settings/operators.js';

export const tokens = {
  vera: 'token-of-vera-the-viewer',
  olga: 'token-of-olga-the-operator',
  adam: 'token-of-adam-the-admin',
  mona: 'token-of-mona-for-messages',
} as const;
export type Person = keyof typeof tokens;

const tokenSha256 = (person: Person) => createHash('sha256').update(tokens[person]).digest('hex');

export const operators: Readonly<Record<Person, OperatorSettings>> = {
  vera: { role: 'viewer', tokenSha256: tokenSha256('vera') },
  olga: { role: 'operator', tokenSha256: tokenSha256('olga') },
  adam: { role: 'admin', tokenSha256: tokenSha256('adam') },
  mona: { role: 'admin', sources: ['messages'], tokenSha256: tokenSha256('mona') },
};

export type Answer = { readonly status: number; readonly body: Record<string, unknown> };

/**
 * One of them at the operator API. Where Temporal has not answered in time the same is asked again, as its answer
 * says: with one key a command is one.
 */
export function caller(origin: string) {
  return async (
    person: Person | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const request = {
      method: method.toUpperCase(),
      headers: {
        ...(person && { authorization: `Bearer ${tokens[person]}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(body !== undefined && { 'idempotency-key': randomUUID() }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    for (;;) {
      const response = await fetch(new URL(path, origin), request);
      const text = await response.text();
      const answer = (text ? JSON.parse(text) : {}) as Answer['body'];
      if (answer['error'] !== 'temporal_away') return { status: response.status, body: answer };
    }
  };
}
