/**
 * A webhook with too many errors is suspended: it misses events of that time, and periodic trial requests
 * restore it. The share is the platform's example; its window is not published.
 */
const errorShare = 0.75;
const fewest = 20;
export const shareWindow = 10 * 60 * 1000;
export const trialEvery = 60 * 1000;

export class ErrorShare {
  readonly #window: number;
  #attempts: { readonly at: number; readonly isError: boolean }[] = [];

  constructor(window: number) {
    this.#window = window;
  }

  add(at: number, isError: boolean): void {
    this.#attempts = [
      ...this.#attempts.filter((one) => one.at > at - this.#window),
      { at, isError },
    ];
  }

  get isTooHigh(): boolean {
    const errors = this.#attempts.filter(({ isError }) => isError).length;
    return this.#attempts.length >= fewest && errors / this.#attempts.length > errorShare;
  }

  forget(): void {
    this.#attempts = [];
  }
}
