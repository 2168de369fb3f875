/**
 * How every role starts and ends: a setting that keeps it from starting is told in plain words, and it
 * ends in its own order, once, by SIGTERM or SIGINT, or when the process that started it is gone.
 */
import { SettingsError } from '../settings/settings-error.js';
import { StartError } from './start-error.js';

/** Runs a role's main; whatever ends it early ends the process with status 1. */
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

/** Tells whoever started this process that it does its work now. */
export function tellReady(): void {
  process.send?.('ready');
}

/** Resolves when this process is asked to end. */
export function untilAskedToEnd(): Promise<string> {
  return new Promise((resolve) => {
    // For good: Ctrl-C arrives twice where npm passes it on, and the second would kill us while we end.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, resolve);
    // Started by `npm start`: without it there is nobody to end us.
    if (process.connected) process.once('disconnect', () => resolve('disconnect'));
  });
}
