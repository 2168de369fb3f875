/**
 * Errors of calls to Facebook, one for each reaction. Messages contain the call and Facebook's error
 * codes, never a token or customers' text.
 */
export type MessengerErrorCode =
  'Refused' | 'RateLimited' | 'Failed' | 'NotConnected' | 'AnswerLost';

const table = {
  /** Understood and refused: no thread control, no permission, or an invalid request. */
  Refused: { isTransient: false, mayHaveHappened: false },
  RateLimited: { isTransient: true, mayHaveHappened: false },
  Failed: { isTransient: true, mayHaveHappened: true },
  NotConnected: { isTransient: true, mayHaveHappened: false },
  AnswerLost: { isTransient: true, mayHaveHappened: true },
} as const satisfies Record<MessengerErrorCode, object>;

export class MessengerError extends Error {
  readonly code: MessengerErrorCode;

  constructor(code: MessengerErrorCode, call: string, cause?: unknown) {
    super(`${call}: ${code}`, { cause });
    this.code = code;
  }

  override get name(): string {
    return `Messenger.${this.code}`;
  }
  get isTransient(): boolean {
    return table[this.code].isTransient;
  }
  get mayHaveHappened(): boolean {
    return table[this.code].mayHaveHappened;
  }
}

/** Facebook's error codes for rate limits and temporary failures: Graph API, error codes. */
const tooOften = new Set([4, 17, 32, 613]);
const notNow = new Set([1, 2]);

export function createMessengerError(
  call: string,
  status: number,
  code: number | undefined,
): MessengerError {
  if (status === 429 || (code !== undefined && tooOften.has(code)))
    return new MessengerError('RateLimited', call);
  if (status >= 500 || (code !== undefined && notNow.has(code)))
    return new MessengerError('Failed', call);
  return new MessengerError('Refused', call);
}
