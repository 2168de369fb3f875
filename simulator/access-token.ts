/**
 * The API token of the bot's user. When an administrator replaces it, the old one is refused from the next call on.
 * Not stored: a simulator that starts again has the token of its options.
 */
import { ApiError } from './platform/platform.js';

/** The platform documents 403 for a wrong token; gateways before it answer 401. */
export type RefusalStatus = 401 | 403;

export class AccessToken {
  #value: string;
  #refusal: RefusalStatus = 403;

  constructor(value: string) {
    this.#value = value;
  }

  replace(value: string, refusal: RefusalStatus): void {
    this.#value = value;
    this.#refusal = refusal;
  }

  /** @throws ApiError for any other token */
  check(given: string | undefined): void {
    if (given === this.#value) return;
    const error = this.#refusal === 401 ? 'unauthorized' : 'forbidden';
    throw new ApiError(this.#refusal, error, 'Authentication is required');
  }
}
