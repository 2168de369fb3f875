/**
 * The ingress's connection to Temporal: made when first needed, and each call over in time, whatever
 * Temporal does.
 */
import { Connection, isRetryableError, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { TemporalSettings } from './settings.js';

/** The ingress answers within this time. */
const answerWithin = 3_000;

/**
 * Between two attempts. The SDK's grow to five seconds and are slept through without a look at the
 * call's deadline, which is why ours are short and taken off it.
 */
const longestPause = 400;

/** The longest pause between attempts to connect. The library's is two minutes, all of them refusals. */
const reconnectWithin = 2_000;

export function connectIngress({ connection: options }: Pick<TemporalSettings, 'connection'>) {
  const connection = Connection.lazy({
    ...options,
    channelArgs: { 'grpc.max_reconnect_backoff_ms': reconnectWithin, ...options.channelArgs },
    interceptors: [
      makeGrpcRetryInterceptor({
        // The SDK's first is a second after "workflow is closing"; a closing thread needs a tenth.
        delayFunction: (attempt) => Math.min(50 * 2 ** attempt, longestPause),
        // As often as the deadline, which every call has, leaves time for.
        retryableDecider: (_, status) => isRetryableError(status),
      }),
    ],
  });
  const inTime = <T>(call: () => Promise<T>): Promise<T> =>
    connection.withDeadline(Date.now() + answerWithin - longestPause, call);
  return { connection, inTime };
}
