/** One attempt of an activity without Temporal, and its failure as Temporal would see it. */
import type { Info } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger, type LogEntry } from '@temporalio/worker';

type Setting = {
  readonly info?: Partial<Info>;
  readonly onLog?: (entry: LogEntry) => void;
};

export function attempt<I, O>(
  activity: (input: I) => Promise<O>,
  input: I,
  { info = {}, onLog = () => undefined }: Setting = {},
): Promise<O> {
  const environment = new MockActivityEnvironment(
    { startToCloseTimeoutMs: 60_000, ...info },
    { logger: new DefaultLogger('WARN', onLog) },
  );
  return environment.run<[I], O, typeof activity>(activity, input);
}

export type SeenFailure = {
  readonly type: string | null | undefined;
  readonly isFinal: boolean;
  /** Milliseconds. */
  readonly retryAfter?: unknown;
};

/** What Temporal decides by. @throws what is no failure of ours */
export async function failureOf(outcome: Promise<unknown>): Promise<SeenFailure> {
  const error: unknown = await outcome.then(
    (value) => new Error(`no failure, but ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApplicationFailure)) throw error;
  const { type, nonRetryable, nextRetryDelay: retryAfter } = error;
  return { type, isFinal: nonRetryable === true, ...(retryAfter != null && { retryAfter }) };
}
