/**
 * Spans by OpenTelemetry, exported as OTLP over HTTP, configured by its own variables. Nothing is
 * registered globally or instrumented automatically: a span exists only where Baton's code opens one.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Log } from '../log.js';
import { quietExporter } from './quiet-exporter.js';
import { createResource } from './resource.js';
import { parseTraceparent, toTraceparent } from './traceparent.js';
import type { Role, SpanOptions, Tracing } from './tracing.js';

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
} as const;

const lastWordWithin = 2_000;

export function createTracing(role: Role, log: Log): Tracing {
  const exporter = quietExporter(new OTLPTraceExporter(), log);
  const provider = new NodeTracerProvider({
    resource: createResource(role),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('baton');
  const inside = new AsyncLocalStorage<Span>();

  return {
    async within<T>(options: SpanOptions<T>, run: () => Promise<T>): Promise<T> {
      const above = contextAbove(options, inside.getStore());
      if (!above) return run();
      const { name, kind = 'internal', attributes = {} } = options;
      const span = tracer.startSpan(
        name,
        { kind: kinds[kind], attributes: { ...attributes } },
        above,
      );
      return inside.run(span, () => watched(span, options, run));
    },
    current() {
      const span = inside.getStore();
      return span && toTraceparent(span.spanContext());
    },
    end: () => ended(provider.shutdown()),
  };
}

function contextAbove(
  { parent, isRoot = false }: SpanOptions<never>,
  inside: Span | undefined,
): Context | undefined {
  const remote = parent === undefined ? undefined : parseTraceparent(parent);
  if (remote) return trace.setSpanContext(ROOT_CONTEXT, remote);
  if (inside) return trace.setSpan(ROOT_CONTEXT, inside);
  return isRoot ? ROOT_CONTEXT : undefined;
}

/** Records an error by name, because its message may contain more than codes. */
async function watched<T>(
  span: Span,
  { after }: SpanOptions<T>,
  run: () => Promise<T>,
): Promise<T> {
  try {
    const result = await run();
    const attributes = after?.(result) ?? {};
    span.setAttributes({ ...attributes });
    if (attributes['error.type'] !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    return result;
  } catch (error) {
    span.setAttribute('error.type', error instanceof Error ? error.name : 'Unknown');
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

async function ended(shutdown: Promise<void>): Promise<void> {
  let impatience: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    impatience = setTimeout(resolve, lastWordWithin);
  });
  await Promise.race([shutdown.catch(() => undefined), enough]);
  clearTimeout(impatience);
}
