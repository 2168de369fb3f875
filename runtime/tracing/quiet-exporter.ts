/**
 * An exporter whose failures have no further effect: one log line when they begin, and none until it
 * recovers.
 */
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { Log } from '../log.js';

export function quietExporter(exporter: SpanExporter, log: Log): SpanExporter {
  let isLogged = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const { error } = result;
        if (error && !isLogged) log.warn({ code: codeOf(error) }, 'traces cannot be sent');
        isLogged = error !== undefined;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush && { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() }),
  };
}

function codeOf(error: Error): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' || typeof code === 'number' ? String(code) : error.name;
}
