/** So many calls in every sliding minute, then 429, without a Retry-After, as on the platform. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #minute: number;
  #taken: number[] = [];

  /** @param minute its length in milliseconds: shorter for those who cannot wait */
  constructor(perMinute: number, minute = 60_000) {
    this.#perMinute = perMinute;
    this.#minute = minute;
  }

  get perMinute(): number {
    return this.#perMinute;
  }

  /** True when one more is allowed now, and takes it. */
  take(now: number): boolean {
    const first = this.#taken.findIndex((at) => at > now - this.#minute);
    this.#taken = first === -1 ? [] : first === 0 ? this.#taken : this.#taken.slice(first);
    if (this.#taken.length >= this.#perMinute) return false;
    this.#taken.push(now);
    return true;
  }
}
