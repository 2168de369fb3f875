/** Port of the Temporal server of a scenario, with its clock. */
import type { Connection, WorkflowClient } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';

export type Server = {
  readonly address: string;
  readonly nativeConnection: NativeConnection;
  readonly connection: Connection;
  readonly namespace: string;
  readonly workflows: WorkflowClient;
  /** Time moves only on request; otherwise it is real time. */
  readonly skipsTime: boolean;
  /** Unix milliseconds. */
  now(): Promise<number>;
  /** Resolves when the server's clock has reached this time. */
  sleepUntil(time: number): Promise<void>;
  /** Kills it and starts it again with the data on disk. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};
