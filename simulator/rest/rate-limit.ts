/** So many calls in every sliding minute, then 429, without a Retry-After, as on the platform. */
const minute = 60_000;

export class RateLimit {
  readonly #perMinute: number;
  #taken: number[] = [];

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  get perMinute(): number {
    return this.#perMinute;
  }

  /** True when one more is allowed now, and takes it. */
  take(now: number): boolean {
    const first = this.#taken.findIndex((at) => at > now - minute);
    this.#taken = first === -1 ? [] : first === 0 ? this.#taken : this.#taken.slice(first);
    if (this.#taken.length >= this.#perMinute) return false;
    this.#taken.push(now);
    return true;
  }
}
