/**
 * How an operator's questions reach Temporal: each has an answer in four seconds, or `TemporalAway`. What
 * Temporal says about the question itself passes as it is.
 */
import { Client, Connection } from '@temporalio/client';
import type { TemporalSettings } from './settings.js';

export class TemporalAway extends Error {
  override readonly name = 'TemporalAway';
}

export type OperatorConnection = {
  readonly connection: Connection;
  readonly client: Client;
  /** @throws TemporalAway */
  readonly inTime: <T>(call: () => Promise<T>) => Promise<T>;
};

const answerWithin = 4_000;

/** @param isAnswer of an error: is it what was asked for, and not that nobody answered? */
export function connectOperator(
  { connection: options, namespace }: TemporalSettings,
  whom: string,
  isAnswer: (error: unknown) => boolean = () => false,
): OperatorConnection {
  const connection = Connection.lazy(options);
  return {
    connection,
    client: new Client({ connection, namespace }),
    inTime: async (call) => {
      try {
        return await connection.withDeadline(Date.now() + answerWithin, call);
      } catch (cause) {
        if (isAnswer(cause)) throw cause;
        throw new TemporalAway(`Temporal, or a worker for ${whom}, did not answer`, { cause });
      }
    },
  };
}
