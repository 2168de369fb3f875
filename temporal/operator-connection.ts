/**
 * The operator API's connection to Temporal: each call has an answer within four seconds, or rejects with
 * `TemporalAway`. Temporal's errors about the call itself pass unchanged.
 */
import { type Client, Connection } from '@temporalio/client';
import { clientAt } from './client.js';
import { retryUntilClosed } from './retry-until-closed.js';
import type { TemporalSettings } from './settings.js';

export class TemporalAway extends Error {
  override readonly name = 'TemporalAway';
}

export type OperatorConnection = {
  readonly connection: Connection;
  readonly client: Client;
  /** @throws TemporalAway */
  readonly inTime: <T>(call: () => Promise<T>, within?: number) => Promise<T>;
};

const answerWithin = 4_000;
/** Bytes. A page of a large thread's history is more than the 4 MB that gRPC takes by default. */
const largestAnswer = 64 * 1024 * 1024;

/** @param isAnswer whether an error is a valid answer to the call, as opposed to an outage */
export function connectOperator(
  settings: TemporalSettings,
  whom: string,
  isAnswer: (error: unknown) => boolean = () => false,
): OperatorConnection {
  const { channelArgs, interceptors } = settings.connection;
  const connection = Connection.lazy({
    ...settings.connection,
    channelArgs: { 'grpc.max_receive_message_length': largestAnswer, ...channelArgs },
    interceptors: [...(interceptors ?? []), retryUntilClosed()],
  });
  return {
    connection,
    client: clientAt({ ...settings, connection }),
    inTime: async (call, within = answerWithin) => {
      try {
        return await connection.withDeadline(Date.now() + within, call);
      } catch (cause) {
        if (isAnswer(cause)) throw cause;
        throw new TemporalAway(`Temporal, or a worker for ${whom}, did not answer`, { cause });
      }
    },
  };
}
