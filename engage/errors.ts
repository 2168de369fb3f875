/**
 * One error class per cause, and one table that says which errors allow a retry.
 *
 * `isTransient`: the same call may succeed later. `mayHaveHappened`: the platform may have executed the
 * call although there is no answer; such a call is only retried if it is idempotent. Messages contain the
 * call and the platform's error identifier, never a token or customers' text.
 */
export const errorTable = {
  InvalidRequest: { isTransient: false, mayHaveHappened: false },
  /** A state of the account, which ends when the token is replaced. */
  TokenRefused: { isTransient: true, mayHaveHappened: false },
  NotAuthorised: { isTransient: false, mayHaveHappened: false },
  NotFound: { isTransient: false, mayHaveHappened: false },
  ThreadLocked: { isTransient: false, mayHaveHappened: false },
  Conflict: { isTransient: true, mayHaveHappened: false },
  Unprocessable: { isTransient: false, mayHaveHappened: false },
  RateLimited: { isTransient: true, mayHaveHappened: false },
  PlatformFailed: { isTransient: true, mayHaveHappened: true },
  NotConnected: { isTransient: true, mayHaveHappened: false },
  NoTurn: { isTransient: true, mayHaveHappened: false },
  AnswerLost: { isTransient: true, mayHaveHappened: true },
  BadAnswer: { isTransient: true, mayHaveHappened: true },
} as const satisfies Record<string, { isTransient: boolean; mayHaveHappened: boolean }>;

export type EngageErrorCode = keyof typeof errorTable;

type Details = {
  readonly call: string;
  readonly status?: number;
  /** The platform's own `error` identifier. */
  readonly identifier?: string;
  /** Milliseconds to wait before a retry, from the platform or by our own rule. */
  readonly retryAfter?: number;
  /** Time of the answer by the platform's clock. */
  readonly answeredAt?: number;
  readonly cause?: unknown;
};

export abstract class EngageError extends Error {
  abstract readonly code: EngageErrorCode;
  readonly call: string;
  readonly status: number | undefined;
  readonly identifier: string | undefined;
  readonly retryAfter: number | undefined;
  readonly answeredAt: number | undefined;

  constructor({ call, status, identifier, retryAfter, answeredAt, cause }: Details) {
    super([call, status, identifier].filter((part) => part !== undefined).join(' '), { cause });
    this.call = call;
    this.status = status;
    this.identifier = identifier;
    this.retryAfter = retryAfter;
    this.answeredAt = answeredAt;
  }

  override get name(): string {
    return `Engage.${this.code}`;
  }
  get isTransient(): boolean {
    return errorTable[this.code].isTransient;
  }
  get mayHaveHappened(): boolean {
    return errorTable[this.code].mayHaveHappened;
  }
}

/** 400: malformed, or impersonation is not allowed. */
export class InvalidRequest extends EngageError {
  readonly code = 'InvalidRequest';
}
/** 401: the token is unknown, expired or revoked. */
export class TokenRefused extends EngageError {
  readonly code = 'TokenRefused';
}
/** 403: the token may not do this, or the resource's state forbids it. */
export class NotAuthorised extends EngageError {
  readonly code = 'NotAuthorised';
}
/** 404: unknown, or the token's user may not read the source. */
export class NotFound extends EngageError {
  readonly code = 'NotFound';
}
/** 403 `cant_reply_to_closed_thread`. */
export class ThreadLocked extends EngageError {
  readonly code = 'ThreadLocked';
}
/** 409: the same object is being processed now. */
export class Conflict extends EngageError {
  readonly code = 'Conflict';
}
/** 422: understood, but cannot be done. */
export class Unprocessable extends EngageError {
  readonly code = 'Unprocessable';
}
/** 429. */
export class RateLimited extends EngageError {
  readonly code = 'RateLimited';
}
/** 5xx and 408. */
export class PlatformFailed extends EngageError {
  readonly code = 'PlatformFailed';
}
/** Refused, unknown host, failed handshake: the request certainly did not arrive. */
export class NotConnected extends EngageError {
  readonly code = 'NotConnected';
}
/** No budget in time, because of other calls of the account: no call was made. */
export class NoTurn extends EngageError {
  readonly code = 'NoTurn';
}
/** Timeout, reset or a cut connection after the request was sent. */
export class AnswerLost extends EngageError {
  readonly code = 'AnswerLost';
}
/** A success whose body is not what the platform documents, such as the HTML of a maintenance page. */
export class BadAnswer extends EngageError {
  readonly code = 'BadAnswer';
}

/** Milliseconds to wait before a retry on an object that is being processed. */
const conflictPause = 2_000;

/** The error of an answer that is not a success. */
export function createEngageError(details: Details & { readonly status: number }): EngageError {
  const { status, identifier } = details;
  if (status === 403 && identifier === 'cant_reply_to_closed_thread')
    return new ThreadLocked(details);
  if (status === 401) return new TokenRefused(details);
  if (status === 403) return new NotAuthorised(details);
  if (status === 404) return new NotFound(details);
  if (status === 409) return new Conflict({ retryAfter: conflictPause, ...details });
  if (status === 422) return new Unprocessable(details);
  if (status === 429) return new RateLimited(details);
  if (status >= 500 || status === 408) return new PlatformFailed(details);
  return new InvalidRequest(details);
}
