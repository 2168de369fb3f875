/**
 * Asks the thread that accompanies the conversation for a human. Repeatable: the key makes it one
 * request.
 */
import type { SourceSdkActivities } from '../../workflows/contract/index.js';
import type { SourceSdkPorts } from './ports.js';

export const createAskThread =
  ({
    sourceSdkThreads,
  }: Pick<SourceSdkPorts, 'sourceSdkThreads'>): SourceSdkActivities['askThreadForHandover'] =>
  (input) =>
    sourceSdkThreads.askHandover(input);
