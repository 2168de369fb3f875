/**
 * Temporal's time-skipping test server: three weeks pass in seconds. It keeps all data in memory.
 *
 * Its time also advances with real time. It jumps by itself only while a client waits for a workflow's
 * result, so no code here does that.
 */
import { addSearchAttributes } from '../temporal/search-attributes.js';
import type { Server } from './server.js';
import { startTimeSkipping } from './server-process.js';

/** Milliseconds. While an activity runs no time is skipped; no activity runs longer. */
const timeout = 60_000;
const minute = 60_000;
/** Milliseconds; between two scenarios nothing runs. */
const shortTimeout = 3_000;

export type SkippingServer = Server & {
  /** Whether its time still moves on request. */
  canSkip(): Promise<boolean>;
};

export async function startSkippingServer(program: string): Promise<SkippingServer> {
  const environment = await startTimeSkipping(program);
  await addSearchAttributes(environment.nativeConnection, 'default');
  const now = () => environment.currentTimeMs();
  /** Uses the call's own deadline: otherwise an abandoned call is retried on a closed connection. */
  const sleep = (time: number, waitLimit: number) =>
    environment.connection.withDeadline(Date.now() + waitLimit, () => environment.sleep(time));
  return {
    address: environment.address,
    nativeConnection: environment.nativeConnection,
    connection: environment.connection,
    namespace: 'default',
    workflows: environment.client.workflow,
    skipsTime: true,
    now,
    async sleepUntil(time) {
      const left = Math.round(time - (await now()));
      if (left > 0) await sleep(left, timeout);
    },
    canSkip: () =>
      sleep(minute, shortTimeout).then(
        () => true,
        () => false,
      ),
    restart: () => Promise.reject(new Error('the time-skipping server forgets all when it ends')),
    stop: () => environment.teardown(),
  };
}
