/** The operator's way to the directory: have it read again, and see it. */
import { Client, Connection } from '@temporalio/client';
import type { DirectoryView, RefreshInput } from '../workflows/contract.js';
import { directoryIn, refreshIn } from './directory.js';
import { TemporalAway } from './emergencies.js';
import type { TemporalSettings } from './settings.js';

export type Directories = {
  /** @throws TemporalAway */
  refresh(wanted: RefreshInput): Promise<DirectoryView>;
  /** `undefined`: nobody has ever asked for it. @throws TemporalAway */
  show(): Promise<DirectoryView | undefined>;
  close(): Promise<void>;
};

const deadline = 4_000;

export function connectDirectories({
  connection: options,
  namespace,
}: TemporalSettings): Directories {
  const connection = Connection.lazy(options);
  const client = new Client({ connection, namespace });
  const inTime = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await connection.withDeadline(Date.now() + deadline, call);
    } catch (cause) {
      throw new TemporalAway('Temporal, or a worker for the directory, did not answer', { cause });
    }
  };
  return {
    refresh: (wanted) => inTime(() => refreshIn(client, wanted)),
    show: () => inTime(() => directoryIn(client)),
    close: () => connection.close(),
  };
}
