/** What came of one scenario. */
import type { Scenario } from './parse.js';
import type { FoundDifference } from './run-steps.js';

export type ScenarioResult = {
  readonly scenario: Scenario;
  readonly differences: readonly FoundDifference[];
  /** What was said, by whom and when. */
  readonly conversation: readonly string[];
  /** Milliseconds. */
  readonly simulated: number;
  readonly real: number;
};
