/** `/healthz` of a worker: do all its workers run? Served only where a port is set, for orchestrators. */
import { Hono } from 'hono';

export function createHealthApp(states: () => readonly string[]): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => {
    const current = states();
    const isRunning = current.every((state) => state === 'RUNNING');
    return c.json(
      { status: isRunning ? 'ok' : 'not running', workers: current },
      isRunning ? 200 : 503,
    );
  });
  return app;
}
