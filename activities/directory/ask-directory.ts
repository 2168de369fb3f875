import type { AskDirectoryActivities } from '../../workflows/contract/directory.js';
import type { Ports } from '../ports.js';

/** Asks the directory to be read again, starting it where it is gone. Asked twice, it is read once. */
export const createAskDirectory = ({
  directory,
}: Pick<Ports, 'directory'>): AskDirectoryActivities['askDirectory'] =>
  async function askDirectory(plan) {
    await directory.ask({ by: 'schedule', plan });
  };
