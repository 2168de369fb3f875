/** What the guarded fetch refuses or meets: one class a cause, with the host at most. */
import { BotError } from '../bot-error.js';

/** Not an address that this bot may call: wrong scheme, wrong host, or a password in it. */
export class UrlRefused extends BotError {
  override readonly name = 'UrlRefused';
  readonly isFinal = true;
}

/** The host's name leads to an address inside, and nobody said that it may. */
export class AddressRefused extends BotError {
  override readonly name = 'AddressRefused';
  readonly isFinal = true;
  /** `kind`: what sort of address it is, not the address: that would tell how the inside is laid out. */
  constructor(host: string, kind: string) {
    super(`${host} has an address that may not be called: ${kind}`);
  }
}

/** Somebody else would be told what was meant for this host. */
export class RedirectRefused extends BotError {
  override readonly name = 'RedirectRefused';
  readonly isFinal = true;
  constructor(host: string, status: number) {
    super(`${host} answered ${status}; redirects are not followed`);
  }
}

export class BodyTooLarge extends BotError {
  override readonly name = 'BodyTooLarge';
  readonly isFinal = true;
  constructor(host: string, maxBytes: number) {
    super(`${host} answered with more than ${maxBytes} bytes`);
  }
}

/** No answer, or not all of it; the next try may have more luck. */
export class NotReached extends BotError {
  override readonly name = 'NotReached';
  readonly isFinal = false;
  constructor(host: string, code: string) {
    super(`${host} could not be reached: ${code}`);
  }
}

/** It answered, but with a status that is no answer. */
export class HttpStatus extends BotError {
  override readonly name: string;
  readonly isFinal: boolean;
  /** Milliseconds it asked us to wait. */
  override readonly retryAfter: number | undefined;
  constructor(host: string, status: number, retryAfter?: number) {
    super(`${host} answered ${status}`);
    this.name = `Http${status}`;
    this.isFinal = status < 500 && !worthAnotherTry.has(status);
    this.retryAfter = retryAfter;
  }
}

const worthAnotherTry = new Set([408, 425, 429]);
