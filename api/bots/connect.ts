/** Creates what the late-answers endpoint needs; it is on when a secret is set, and off otherwise. */
import { connectLateAnswers } from '../../temporal/late-answers.js';
import type { TemporalSettings } from '../../temporal/settings.js';
import type { AnswersOptions } from './answers.js';

export function connectAnswers(
  temporal: TemporalSettings,
  secret: string | undefined,
  previous?: string,
): { readonly options: AnswersOptions | undefined; close(): Promise<void> } {
  if (secret === undefined) return { options: undefined, close: () => Promise.resolve() };
  const lateAnswers = connectLateAnswers(temporal);
  return { options: { secret, previous, lateAnswers }, close: () => lateAnswers.close() };
}
