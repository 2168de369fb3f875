/** What a worker's activities need from Temporal itself: the emergency's word, and all running threads. */
import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { createEmergencyGate, type EmergencyGate } from './emergency-gate.js';
import { createRunningThreads, type RunningThreads } from './running-threads.js';
import { connectThreadsToHeal, type ThreadsToHeal } from './threads-to-heal.js';

export type TemporalPorts = {
  readonly emergencies: EmergencyGate;
  readonly runningThreads: RunningThreads;
  readonly threadsToHeal: ThreadsToHeal;
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
  };
}
