/**
 * How the ingress reaches Temporal: whatever Temporal does, whoever delivers has an answer in three
 * seconds, and a run that is just ending costs a tenth of one. Without a deadline a call may wait for
 * ever.
 */
import {
  type Client,
  Connection,
  isRetryableError,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';
import { clientAt } from './client.js';
import type { TemporalSettings } from './settings.js';

export type IngressConnection = {
  readonly connection: Connection;
  readonly client: Client;
  /** @throws when there is no answer in time */
  readonly inTime: <T>(call: () => Promise<T>) => Promise<T>;
};

const answerWithin = 3_000;

/**
 * Between two attempts. The SDK's grow to five seconds and are slept through without a look at the
 * call's deadline, which is why ours are short and taken off it.
 */
const longestPause = 400;

/** The longest pause between attempts to connect. The library's is two minutes, all of them refusals. */
const reconnectWithin = 2_000;

export function connectIngress(settings: TemporalSettings): IngressConnection {
  const { connection: options } = settings;
  const connection = Connection.lazy({
    ...options,
    channelArgs: { 'grpc.max_reconnect_backoff_ms': reconnectWithin, ...options.channelArgs },
    interceptors: [
      makeGrpcRetryInterceptor({
        // The SDK's first is a second after "workflow is closing"; a run that ends needs a tenth.
        delayFunction: (attempt) => Math.min(50 * 2 ** attempt, longestPause),
        // As often as the deadline, which every call has, leaves time for.
        retryableDecider: (_, status) => isRetryableError(status),
      }),
    ],
  });
  return {
    connection,
    client: clientAt({ ...settings, connection }),
    inTime: (call) => connection.withDeadline(Date.now() + answerWithin - longestPause, call),
  };
}
