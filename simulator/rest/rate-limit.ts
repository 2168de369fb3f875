/** A limit of calls per sliding minute, then 429 without `Retry-After`, as on the platform. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #minute: number;
  #taken: number[] = [];

  /** @param minute its length in milliseconds: shorter in tests */
  constructor(perMinute: number, minute = 60_000) {
    this.#perMinute = perMinute;
    this.#minute = minute;
  }

  get perMinute(): number {
    return this.#perMinute;
  }

  /** Takes one call; false when the limit is reached. */
  take(now: number): boolean {
    const first = this.#taken.findIndex((at) => at > now - this.#minute);
    this.#taken = first === -1 ? [] : first === 0 ? this.#taken : this.#taken.slice(first);
    if (this.#taken.length >= this.#perMinute) return false;
    this.#taken.push(now);
    return true;
  }
}
