/**
 * Repeats calls to Temporal that may be repeated, until the connection is closed. The SDK's own repetition waits
 * with a timer; one that ends after `close` would throw where nobody can catch it, and end the process.
 */
import {
  defaultGrpcRetryOptions,
  type GrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';

type Interceptor = ReturnType<typeof makeGrpcRetryInterceptor>;
type Call = ReturnType<Parameters<Interceptor>[1]>;

/** A first attempt on a closed connection throws; nobody waits for a later one any more. */
export function retryUntilClosed(
  options: GrpcRetryOptions = defaultGrpcRetryOptions(),
): Interceptor {
  const retry = makeGrpcRetryInterceptor(options);
  return (callOptions, nextCall) => {
    let attempts = 0;
    return retry(callOptions, (of) => {
      attempts += 1;
      if (attempts === 1) return nextCall(of);
      try {
        return nextCall(of);
      } catch {
        return nothing;
      }
    });
  };
}

const ignore = () => undefined;
/** Of a call, what the repetition uses. */
const nothing = { start: ignore, sendMessage: ignore, halfClose: ignore } as unknown as Call;
