/** What a check reports: a rule that did not hold. */
export type Violation = {
  /** Name of the rule. */
  readonly check: string;
  readonly thread?: string;
  /** Simulated Unix milliseconds. */
  readonly at: number;
  readonly what: string;
  /** What happened on the thread: of the first violation of a thread. */
  readonly record?: readonly string[];
};
