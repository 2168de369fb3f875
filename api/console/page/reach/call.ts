/**
 * One HTTP call from the browser to Baton. It fails with one of three classes: no session, Baton not
 * reachable, or a refusal with its reason.
 */
import type { Failure } from '../../../operator/answers.js';
import { setServerTime } from './server-clock.js';

export class LoggedOut extends Error {
  override name = 'LoggedOut' as const;
}
/** No connection, 5xx or 429: a retry helps. */
export class Away extends Error {
  override name = 'Away' as const;
}
export class Refused extends Error {
  override name = 'Refused' as const;
  readonly status: number;
  readonly failure: Partial<Failure>;
  constructor(status: number, failure: Partial<Failure>) {
    super(failure.message ?? `Baton answered ${status}`);
    this.status = status;
    this.failure = failure;
  }
}

let csrf: string | undefined;
/** CSRF token that a session's calls other than GET send. */
export function rememberCsrf(given: string | undefined): void {
  csrf = given;
}

export async function read(path: string, signal?: AbortSignal): Promise<unknown> {
  return answerOf(path, { signal: signal ?? null });
}

export async function send(
  method: 'POST' | 'DELETE',
  path: string,
  body?: object,
  idempotencyKey?: string,
): Promise<unknown> {
  const headers = {
    'content-type': 'application/json',
    ...(csrf !== undefined && { 'x-baton-csrf': csrf }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
  return answerOf(path, { method, headers, body: body ? JSON.stringify(body) : null });
}

async function answerOf(path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(path, { ...init, credentials: 'same-origin' }).catch(
    (error: unknown) => {
      throw init.signal?.aborted ? error : new Away('no connection');
    },
  );
  setServerTime(response.headers.get('date'));
  if (response.status >= 500 || response.status === 429) {
    throw new Away(`Baton answered ${response.status}`);
  }
  if (response.status === 204) return undefined;
  const body = (await response.json().catch(() => ({}))) as unknown;
  if (response.status === 401) throw new LoggedOut(messageIn(body) ?? 'not logged in');
  if (!response.ok) throw new Refused(response.status, body as Partial<Failure>);
  return body;
}

function messageIn(body: unknown): string | undefined {
  return (body as Partial<Failure>).message;
}
