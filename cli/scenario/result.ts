/** The result of one scenario. */
import type { Scenario } from './parse.js';
import type { FoundDifference } from './run-steps.js';

export type ScenarioResult = {
  readonly scenario: Scenario;
  readonly differences: readonly FoundDifference[];
  /** The conversation: text, author and time. */
  readonly conversation: readonly string[];
  /** Milliseconds. */
  readonly simulated: number;
  readonly real: number;
};
