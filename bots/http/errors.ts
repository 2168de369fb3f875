/** Errors of the guarded fetch: one class per cause, with the host at most. */
import { BotError } from '../bot-error.js';

/** The bot may not call this URL: wrong scheme, wrong host, or credentials in it. */
export class UrlRefused extends BotError {
  override readonly name = 'UrlRefused';
  readonly isFinal = true;
}

/** The host's name resolves to an internal address, which the settings do not allow. */
export class AddressRefused extends BotError {
  override readonly name = 'AddressRefused';
  readonly isFinal = true;
  /** `kind`: the address range and not the address, which would reveal the internal network. */
  constructor(host: string, kind: string) {
    super(`${host} has an address that may not be called: ${kind}`);
  }
}

/** A redirect would send the request to another host. */
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

/** No answer, or an incomplete one; a retry may succeed. */
export class NotReached extends BotError {
  override readonly name = 'NotReached';
  readonly isFinal = false;
  constructor(host: string, code: string) {
    super(`${host} could not be reached: ${code}`);
  }
}

/** The bot answered with an error status. */
export class HttpStatus extends BotError {
  override readonly name: string;
  readonly isFinal: boolean;
  /** Milliseconds to wait, as requested by the bot. */
  override readonly retryAfter: number | undefined;
  constructor(host: string, status: number, retryAfter?: number) {
    super(`${host} answered ${status}`);
    this.name = `Http${status}`;
    this.isFinal = status < 500 && !worthAnotherTry.has(status);
    this.retryAfter = retryAfter;
  }
}

const worthAnotherTry = new Set([408, 425, 429]);
