/** A call whose repetition is due after the connection was closed does not end the process. */
import { Connection, makeGrpcRetryInterceptor } from '@temporalio/client';
import { expect, it } from 'vitest';
import { freePort } from '../../local/free-ports.js';
import { retryUntilClosed } from '../../temporal/retry-until-closed.js';

type Make = typeof makeGrpcRetryInterceptor;

/** Closes the connection between two attempts of a call; resolves with what the second attempt throws. */
async function closedInBetween(make: Make): Promise<unknown> {
  const address = `127.0.0.1:${await freePort()}`;
  let connection: Connection | undefined;
  const pauseOver = new Promise<unknown>((resolve) => {
    const retry = make({
      retryableDecider: () => true,
      // The connection is closed while the call waits for its next attempt.
      delayFunction: () => (void connection?.close(), 0),
    });
    connection = Connection.lazy({
      address,
      interceptors: [
        (options, nextCall) =>
          retry(options, (of) => {
            try {
              return nextCall(of);
            } catch (error) {
              resolve(error);
              throw error;
            }
          }),
      ],
    });
  });
  connection!.workflowService.getSystemInfo({}).catch(() => undefined);
  return pauseOver;
}

it('is dropped, whoever asked', async () => {
  const thrown: unknown[] = [];
  const keep = (error: unknown) => void thrown.push(error);
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', keep);
  try {
    await closedInBetween(retryUntilClosed);
    await new Promise(setImmediate);
    expect(thrown).toEqual([]);
    // Negative control: the SDK's own repetition throws where nobody can catch it.
    await closedInBetween(makeGrpcRetryInterceptor);
    await new Promise(setImmediate);
    expect(thrown.map(String)).toEqual(['Error: Channel has been shut down']);
  } finally {
    process.removeAllListeners('uncaughtException');
    for (const one of before) process.on('uncaughtException', one);
  }
});

it('but a first attempt on a closed connection says so', async () => {
  const address = `127.0.0.1:${await freePort()}`;
  const connection = Connection.lazy({ address, interceptors: [retryUntilClosed()] });
  await connection.close();
  const call = async () => connection.workflowService.getSystemInfo({});
  await expect(call()).rejects.toThrow(/closed|shut down/i);
});
