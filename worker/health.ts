/**
 * `/healthz` of a worker: do all its workers run, and how do its bots do, as far as this process knows? A
 * bot out of order does not make the worker so. Served only where a port is set, for orchestrators.
 */
import { Hono } from 'hono';
import type { BotStatus } from '../bots/health.js';

export type BotsStatus = () => Readonly<Record<string, BotStatus>>;

export function createHealthApp(states: () => readonly string[], bots: BotsStatus): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => {
    const current = states();
    const isRunning = current.every((state) => state === 'RUNNING');
    return c.json(
      { status: isRunning ? 'ok' : 'not running', workers: current, bots: bots() },
      isRunning ? 200 : 503,
    );
  });
  return app;
}
