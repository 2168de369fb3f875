/** The operator API's access to the directory: refresh and show. */
import type { DirectoryView, RefreshInput } from '../workflows/contract/index.js';
import { directoryIn, refreshIn } from './directory.js';
import { connectOperator } from './operator-connection.js';
import type { TemporalSettings } from './settings.js';

export type Directories = {
  /** @throws TemporalAway */
  refresh(wanted: RefreshInput): Promise<DirectoryView>;
  /** `undefined`: the directory has never been requested. @throws TemporalAway */
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
