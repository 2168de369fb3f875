/** Traces each delivery: one span until it is answered; its content events carry the span's context. */
import type { Handler } from 'hono';
import type { ThreadEvents } from '../../temporal/threads.js';
import type { Tracing } from '../../runtime/tracing/tracing.js';

/** Wraps the handler in a span. The caller's trace is continued if it sends a `traceparent`. */
export function tracedDelivery(
  tracing: Tracing | undefined,
  receive: (...of: Parameters<Handler>) => Promise<Response>,
): Handler {
  if (!tracing) return receive;
  return (c, next) =>
    tracing.within<Response>(
      {
        name: 'webhook',
        kind: 'server',
        parent: c.req.header('traceparent'),
        isRoot: true,
        attributes: { 'http.request.method': 'POST', 'http.route': '/webhooks/engage' },
        after: ({ status }) => ({
          'http.response.status_code': status,
          ...(status >= 500 && { 'error.type': String(status) }),
        }),
      },
      () => receive(c, next),
    );
}

export function withTrace(group: ThreadEvents, trace: string | undefined): ThreadEvents {
  if (trace === undefined) return group;
  const events = group.events.map((event) => ('content' in event ? { ...event, trace } : event));
  return { ...group, events };
}
