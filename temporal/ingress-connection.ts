/**
 * The ingress's connection to Temporal: every delivery has an answer within three seconds, whatever the
 * state of Temporal, and a signal to a run that is just closing costs a tenth of a second. Without a
 * deadline a call might wait for ever. A run that is almost full takes no more signals: `room.ts`.
 */
import { type Client, Connection, isRetryableError } from '@temporalio/client';
import { clientAt } from './client.js';
import { retryUntilClosed } from './retry-until-closed.js';
import { createRoom } from './room.js';
import type { TemporalSettings } from './settings.js';

export type IngressConnection = {
  readonly connection: Connection;
  readonly client: Client;
  /** @throws when there is no answer in time */
  readonly inTime: <T>(call: () => Promise<T>) => Promise<T>;
};

const answerWithin = 3_000;

/**
 * Longest pause between attempts of a call. The SDK's pauses grow to five seconds and ignore the call's
 * deadline; ours are short and count against it.
 */
const longestPause = 400;

/**
 * Longest pause between attempts to connect, in milliseconds. The library's is two minutes, in which every
 * call would fail.
 */
const reconnectWithin = 2_000;

export function connectIngress(settings: TemporalSettings): IngressConnection {
  const { connection: options } = settings;
  const connection = Connection.lazy({
    ...options,
    channelArgs: { 'grpc.max_reconnect_backoff_ms': reconnectWithin, ...options.channelArgs },
    interceptors: [
      retryUntilClosed({
        // The SDK retries one second after "workflow is closing"; the run needs a tenth of that.
        delayFunction: (attempt) => Math.min(50 * 2 ** attempt, longestPause),
        // Retries until the deadline, which every call has.
        retryableDecider: (_, status) => isRetryableError(status),
      }),
    ],
  });
  return {
    connection,
    client: clientAt(
      { ...settings, connection },
      { workflow: [createRoom({ ...settings, connection })] },
    ),
    inTime: (call) => connection.withDeadline(Date.now() + answerWithin - longestPause, call),
  };
}
