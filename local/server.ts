/** The Temporal server a scenario is played on, and its clock. */
import type { Connection, WorkflowClient } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';

export type Server = {
  readonly address: string;
  readonly nativeConnection: NativeConnection;
  readonly connection: Connection;
  readonly namespace: string;
  readonly workflows: WorkflowClient;
  /** Its time stands still for nobody and jumps where it is told to; otherwise it is ours. */
  readonly skipsTime: boolean;
  /** Unix milliseconds. */
  now(): Promise<number>;
  /** Resolves when this time has come there. */
  sleepUntil(time: number): Promise<void>;
  /** Kills it and starts it again on what it has on disk. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};
