/**
 * Requests a refresh of the directory and starts its workflow if necessary. Repeated requests cause
 * one refresh.
 */
import type { AskDirectoryActivities } from '../../workflows/contract/directory.js';
import type { Ports } from '../ports.js';

export const createAskDirectory = ({
  directory,
}: Pick<Ports, 'directory'>): AskDirectoryActivities['askDirectory'] =>
  async function askDirectory(plan) {
    await directory.ask({ by: 'schedule', plan });
  };
