/**
 * What can go wrong with a call to Facebook, as far as it changes what is done next. Messages carry the
 * call and Facebook's numbers, never a token or what people wrote.
 */
export type MessengerErrorCode =
  'Refused' | 'RateLimited' | 'Failed' | 'NotConnected' | 'AnswerLost';

const table = {
  /** Understood, and not done: without control, without the right, wrongly asked. */
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

/** Facebook's numbers for "too often" and for "not now": Graph API, error codes. */
const tooOften = new Set([4, 17, 32, 613]);
const notNow = new Set([1, 2]);

export function errorOf(call: string, status: number, code: number | undefined): MessengerError {
  if (status === 429 || (code !== undefined && tooOften.has(code)))
    return new MessengerError('RateLimited', call);
  if (status >= 500 || (code !== undefined && notNow.has(code)))
    return new MessengerError('Failed', call);
  return new MessengerError('Refused', call);
}
