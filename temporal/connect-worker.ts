/** Connects the worker to Temporal, which may still be starting. */
import { setTimeout as pause } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import { StartError } from '../runtime/start-error.js';
import type { TemporalSettings } from './settings.js';

const timeout = 30_000;

/** @throws StartError when Temporal cannot be reached within half a minute */
export async function connectWorker({ connection }: TemporalSettings): Promise<NativeConnection> {
  const { address, apiKey, tls, metadata } = connection;
  const given = Object.entries({ address, apiKey, tls, metadata });
  const options = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  const until = Date.now() + timeout;
  for (;;) {
    try {
      return await NativeConnection.connect(options);
    } catch (cause) {
      if (Date.now() > until) {
        throw new StartError(`Temporal is not reachable at ${address}`, { cause });
      }
    }
    await pause(1_000);
  }
}
