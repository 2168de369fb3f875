/**
 * Health endpoints of a worker; served only if a port is set. `/healthz`: whether all its workers run, and
 * the bots' health as seen by this process; a failing bot does not make the worker unhealthy. `/metrics`:
 * the same as numbers, and the metrics of Temporal's runtime.
 */
import { Hono } from 'hono';
import type { BotStatus } from '../bots/health.js';
import { parseText } from '../runtime/metrics/text.js';
import type { WorkerMetrics } from '../runtime/metrics/worker.js';
import { countTaskFailures } from '../temporal/task-failure.js';
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
    const temporals = await temporal.text();
    const taskFailures = countTaskFailures(parseText(temporals));
    const own = await metrics.text({ isRunning: isRunning(), bots: bots(), taskFailures });
    return c.text(`${own}\n${temporals}`, 200, {
      'content-type': 'text/plain; version=0.0.4',
    });
  });
  return app;
}
