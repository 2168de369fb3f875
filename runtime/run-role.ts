/**
 * Starts and stops a role: a start error is printed in plain words, and the role shuts down in its own
 * order, once, on SIGTERM or SIGINT, or when its parent process is gone.
 */
import { SettingsError } from '../settings/settings-error.js';
import { StartError } from './start-error.js';

/** Runs a role's main; an error ends the process with status 1. */
export async function runRole(role: string, main: () => Promise<void>): Promise<void> {
  try {
    await main();
    process.exit(0);
  } catch (error) {
    const plain = error instanceof SettingsError || error instanceof StartError;
    console.error(`baton ${role} cannot run: ${plain ? error.message : ''}`, plain ? '' : error);
    process.exit(1);
  }
}

/** Reports to the parent process that this role is ready. */
export function notifyReady(): void {
  process.send?.('ready');
}

/** Resolves when this process is asked to stop. */
export function untilAskedToEnd(): Promise<string> {
  return new Promise((resolve) => {
    // Installed permanently: Ctrl-C arrives twice where npm forwards it, and the second would kill us during
    // shutdown.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, resolve);
    // Started by `npm start`: without the parent, no other process would stop us.
    if (process.connected) process.once('disconnect', () => resolve('disconnect'));
  });
}
