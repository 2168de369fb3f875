/** The operator's way to the directory: have it read again, and see it. */
import type { DirectoryView, RefreshInput } from '../workflows/contract/index.js';
import { directoryIn, refreshIn } from './directory.js';
import { connectOperator } from './operator-connection.js';
import type { TemporalSettings } from './settings.js';

export type Directories = {
  /** @throws TemporalAway */
  refresh(wanted: RefreshInput): Promise<DirectoryView>;
  /** `undefined`: nobody has ever asked for it. @throws TemporalAway */
  show(): Promise<DirectoryView | undefined>;
  close(): Promise<void>;
};

export function connectDirectories(temporal: TemporalSettings): Directories {
  const { connection, client, inTime } = connectOperator(temporal, 'the directory');
  return {
    refresh: (wanted) => inTime(() => refreshIn(client, wanted)),
    show: () => inTime(() => directoryIn(client)),
    close: () => connection.close(),
  };
}
