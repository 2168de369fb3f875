/** What a worker's activities need from Temporal: emergency check, running threads, directory. */
import { clientAt, type At } from './client.js';
import { createEndedRuns, type EndedRuns } from './ended-runs.js';
import { createDirectoryPort, type DirectoryPort } from './directory.js';
import { createEmergencyGate, type EmergencyGate } from './emergency-check.js';
import { createIdentityMarks } from './identity-mark.js';
import { createMessengerCustomers, type MessengerCustomers } from './messenger-customers.js';
import { createRunningThreads, type RunningThreads } from './running-threads.js';
import { createRoom } from './room.js';
import { createSourceSdkThreads, type SourceSdkThreads } from './source-sdk-threads.js';
import { createWaitingLine, type WaitingLine } from './waiting-line.js';
import { connectThreadsToBackfill, type ThreadsToBackfill } from './threads-to-backfill.js';

export type TemporalPorts = {
  readonly emergencies: EmergencyGate;
  readonly runningThreads: RunningThreads;
  readonly threadsToBackfill: ThreadsToBackfill;
  readonly waitingLine: WaitingLine;
  readonly messengerCustomers: MessengerCustomers;
  readonly directory: DirectoryPort;
  readonly sourceSdkThreads: SourceSdkThreads;
  readonly endedRuns: EndedRuns;
};

export function createTemporalPorts(at: At): TemporalPorts {
  const client = clientAt(at);
  return {
    emergencies: createEmergencyGate(client),
    runningThreads: createRunningThreads(client),
    // As for deliveries: a run that is almost full takes no more.
    threadsToBackfill: connectThreadsToBackfill(
      clientAt(at, { workflow: [createRoom(at)] }),
      createIdentityMarks(at.encryption),
    ),
    waitingLine: createWaitingLine(client),
    messengerCustomers: createMessengerCustomers(client),
    directory: createDirectoryPort(client),
    sourceSdkThreads: createSourceSdkThreads(client),
    endedRuns: createEndedRuns(client, at),
  };
}
