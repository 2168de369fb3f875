/** What a worker's activities need from Temporal itself: the emergency's word, running threads, the directory. */
import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { createDirectoryPort, type DirectoryPort } from './directory.js';
import { createEmergencyGate, type EmergencyGate } from './emergency-gate.js';
import { createMessengerCustomers, type MessengerCustomers } from './messenger-customers.js';
import { createRunningThreads, type RunningThreads } from './running-threads.js';
import { createOutsideThreads, type OutsideThreads } from './outside-threads.js';
import { createWaitingLine, type WaitingLine } from './waiting-line.js';
import { connectThreadsToHeal, type ThreadsToHeal } from './threads-to-heal.js';

export type TemporalPorts = {
  readonly emergencies: EmergencyGate;
  readonly runningThreads: RunningThreads;
  readonly threadsToHeal: ThreadsToHeal;
  readonly waitingLine: WaitingLine;
  readonly messengerCustomers: MessengerCustomers;
  readonly directory: DirectoryPort;
  readonly outsideThreads: OutsideThreads;
};

export function createTemporalPorts(
  connection: NativeConnection,
  namespace: string,
): TemporalPorts {
  const client = new Client({ connection, namespace });
  return {
    emergencies: createEmergencyGate(client),
    runningThreads: createRunningThreads(client),
    threadsToHeal: connectThreadsToHeal(client),
    waitingLine: createWaitingLine(client),
    messengerCustomers: createMessengerCustomers(client),
    directory: createDirectoryPort(client),
    outsideThreads: createOutsideThreads(client),
  };
}
