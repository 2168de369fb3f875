/**
 * `GET /metrics`, and the collection of its values. `BATON_METRICS_TOKEN` protects it; without the token,
 * a public proxy should not expose this path.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { createIngressMetrics, type IngressMetrics } from '../runtime/metrics/ingress.js';
import { wantedEvents } from '../workflows/contract/event-effects.js';
import { createSecretCheck } from './webhook/secret.js';

export function createShowMetrics({ text }: IngressMetrics, token?: string) {
  const isToken = createSecretCheck([token]);
  return async function showMetrics(c: Context): Promise<Response> {
    const [, presented] = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '') ?? [];
    if (token !== undefined && !isToken(presented)) {
      c.header('www-authenticate', 'Bearer');
      const message = 'Authorization: expected Bearer and the token of the metrics';
      return c.json({ error: 'token', message }, 401);
    }
    return c.text(await text(), 200, { 'content-type': 'text/plain; version=0.0.4' });
  };
}

/** Outcome of a delivery by its status; `webhook/receive.ts` uses each status for one outcome only. */
const outcomeOf: Readonly<Record<number, string>> = {
  200: 'accepted',
  400: 'not_json',
  401: 'secret',
  413: 'too_large',
  415: 'content_type',
  422: 'not_understood',
  429: 'too_many',
  503: 'refused',
};

const failed = 'failed';

export function createMetrics(): IngressMetrics {
  const outcomes = [...Object.values(outcomeOf), failed];
  return createIngressMetrics({ outcomes, eventTypes: wantedEvents });
}

export function timeDeliveries(metrics: IngressMetrics): MiddlewareHandler {
  return async (c, next) => {
    const began = performance.now();
    await next();
    const outcome = outcomeOf[c.res.status] ?? failed;
    metrics.acknowledged(outcome, (performance.now() - began) / 1_000);
  };
}

/** Labelled with the route's pattern, because a path may contain a thread's id or arbitrary text. */
export function countOperatorCalls(metrics: IngressMetrics): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const route = routePath(c, -1);
    metrics.operatorCalled(route.includes('*') ? 'other' : route, c.res.status);
  };
}
