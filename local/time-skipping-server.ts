/**
 * Temporal's time-skipping test server: three weeks pass in seconds. It keeps everything in memory.
 *
 * Its time also runs as ours does. It never jumps by itself as long as nobody waits for the result of
 * a workflow, so nothing here does.
 */
import { addSearchAttributes } from '../temporal/search-attributes.js';
import type { Server } from './server.js';
import { startTimeSkipping } from './server-process.js';

/** While an activity runs no time is skipped; no activity of ours runs longer. */
const patience = 60_000;
const minute = 60_000;
/** Between two scenarios nothing runs. */
const shortPatience = 3_000;

export type SkippingServer = Server & {
  /** Does its time still move where it is told to? */
  canSkip(): Promise<boolean>;
};

export async function startSkippingServer(program: string): Promise<SkippingServer> {
  const environment = await startTimeSkipping(program);
  await addSearchAttributes(environment.nativeConnection, 'default');
  const now = () => environment.currentTimeMs();
  /** With a deadline of the call's own: one left behind would be tried again on a closed connection. */
  const sleep = (time: number, patience: number) =>
    environment.connection.withDeadline(Date.now() + patience, () => environment.sleep(time));
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
      if (left > 0) await sleep(left, patience);
    },
    canSkip: () =>
      sleep(minute, shortPatience).then(
        () => true,
        () => false,
      ),
    restart: () => Promise.reject(new Error('the time-skipping server forgets all when it ends')),
    stop: () => environment.teardown(),
  };
}
