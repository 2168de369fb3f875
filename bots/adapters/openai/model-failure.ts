/**
 * Converts an error of the model's client. A server's error message may quote the conversation, so only
 * the status is kept. An aborted call rejects with the signal's reason.
 */
import { BotError } from '../../bot-error.js';
import { InvalidAnswer } from '../../contract.js';
import { HttpStatus, NotReached } from '../../http/errors.js';
import { retryAfter } from '../../http/exchange.js';
import { NoWholeAnswer } from './errors.js';

export async function modelFailure(
  error: unknown,
  host: string,
  signal: AbortSignal,
): Promise<unknown> {
  const { APIConnectionError, APIError } = await import('openai');
  if (signal.aborted) return signal.reason;
  const ours = ofOurs(error);
  if (ours) return ours;
  if (error instanceof SyntaxError) return new InvalidAnswer('the model’s answer: is not JSON');
  if (error instanceof APIConnectionError) return new NotReached(host, 'no answer');
  const { status, headers } = (error instanceof APIError ? error : {}) as {
    readonly status?: number;
    readonly headers?: Headers;
  };
  if (status === undefined) return new NoWholeAnswer('the model’s answer broke off');
  return new HttpStatus(host, status, headers && retryAfter({ headers }));
}

/** Finds the error of the guarded fetch inside the client's error. */
function ofOurs(error: unknown): BotError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof BotError) return cause;
  }
  return undefined;
}
