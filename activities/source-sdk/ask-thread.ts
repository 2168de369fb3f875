import type { SourceSdkActivities } from '../../workflows/contract/index.js';
import type { SourceSdkPorts } from './ports.js';

/** Ask the thread that accompanies the conversation for a human. Repeatable: by its key it is one question. */
export const createAskThread =
  ({
    sourceSdkThreads,
  }: Pick<SourceSdkPorts, 'sourceSdkThreads'>): SourceSdkActivities['askThreadForHandover'] =>
  (input) =>
    sourceSdkThreads.askHandover(input);
