/** Delays between attempts of a delivery that was not answered with 200; after the last it is dropped. */
const second = 1000;
const minute = 60 * second;

export const retryDelays = [32 * second, 4 * minute, 17 * minute, 52 * minute, 120 * minute];

/** Milliseconds until the next attempt after `attempts` of them; `undefined`: no more. */
export function delayAfter(attempts: number, timeScale: number): number | undefined {
  const delay = retryDelays[attempts - 1];
  return delay === undefined ? undefined : Math.ceil(delay / timeScale);
}

/** Timeout of an answer, in milliseconds. The platform does not publish its value. */
export const answerTimeout = 5 * second;
