/**
 * What a worker tells whoever watches it; served only where a port is set. `/healthz`: do all its workers
 * run, and how do its bots do, as far as this process knows? A bot out of order does not make the worker
 * so. `/metrics`: the same and more in numbers, and what Temporal's runtime counts.
 */
import { Hono } from 'hono';
import type { BotStatus } from '../bots/health.js';
import type { WorkerMetrics } from '../runtime/metrics/worker.js';
import type { TemporalMetrics } from './temporal-metrics.js';

export type BotsStatus = () => Readonly<Record<string, BotStatus>>;

export type HealthOptions = {
  readonly states: () => readonly string[];
  readonly bots: BotsStatus;
  readonly metrics: WorkerMetrics;
  readonly temporal: TemporalMetrics;
};

export function createHealthApp({ states, bots, metrics, temporal }: HealthOptions): Hono {
  const app = new Hono();
  const isRunning = () => states().every((state) => state === 'RUNNING');
  app.get('/healthz', (c) => {
    const isWell = isRunning();
    const status = isWell ? 'ok' : 'not running';
    return c.json({ status, workers: states(), bots: bots() }, isWell ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const now = { isRunning: isRunning(), bots: bots() };
    const [own, temporals] = await Promise.all([metrics.text(now), temporal.text()]);
    return c.text(`${own}\n${temporals}`, 200, {
      'content-type': 'bots/messages/plain; version=0.0.4',
    });
  });
  return app;
}
