/** When a delivery that was not answered with 200 is tried again; after the last it is dropped for ever. */
const second = 1000;
const minute = 60 * second;

export const retryDelays = [32 * second, 4 * minute, 17 * minute, 52 * minute, 120 * minute];

/** Milliseconds until the next try after `attempts` of them, or `undefined`: no more. */
export function delayAfter(attempts: number, timeScale: number): number | undefined {
  const delay = retryDelays[attempts - 1];
  return delay === undefined ? undefined : Math.ceil(delay / timeScale);
}

/** No answer within this counts as an error. The platform does not publish its number. */
export const answerTimeout = 5 * second;
