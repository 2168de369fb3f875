import type { OutsideActivities } from '../../workflows/contract/index.js';
import type { OutsidePorts } from './ports.js';

/** Ask the thread that accompanies the conversation for a human. Repeatable: by its key it is one question. */
export const createAskThread =
  ({
    outsideThreads,
  }: Pick<OutsidePorts, 'outsideThreads'>): OutsideActivities['askThreadForHandover'] =>
  (input) =>
    outsideThreads.askHandover(input);
