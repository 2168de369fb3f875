/**
 * `/healthz`: the process answers. `/readyz`: it can do its work; if not, the answer names the obstacle.
 * Concurrent calls share one request to Temporal.
 */
import type { Context } from 'hono';
import type { Threads } from '../temporal/threads.js';

export function live(c: Context): Response {
  return c.json({ status: 'ok' });
}

export function createReady({ obstacles }: Pick<Threads, 'obstacles'>) {
  let asked: ReturnType<typeof obstacles> | undefined;
  return async function ready(c: Context): Promise<Response> {
    asked ??= obstacles().finally(() => (asked = undefined));
    const found = await asked;
    if (found.length === 0) return c.json({ status: 'ready' });
    return c.json({ status: 'not ready', obstacles: found }, 503);
  };
}
