/** A real receiver of OTLP over HTTP, as JSON: what a collector would receive. */
import { startHttpTarget } from './http-target.js';

type Attribute = { readonly key: string; readonly value: Readonly<Record<string, unknown>> };
type ExportedSpan = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly Attribute[];
};
type Exported = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly ExportedSpan[] }[];
  }[];
};

export type ReceivedSpan = Omit<ExportedSpan, 'attributes'> & {
  readonly service: string;
  readonly attributes: Readonly<Record<string, unknown>>;
};

export async function startOtlpReceiver() {
  const target = await startHttpTarget();
  return {
    url: target.url,
    /** All that was said, word by word. */
    said: () => target.asked.map(({ body }) => body).join('\n'),
    paths: () => [...new Set(target.asked.map(({ url }) => url))],
    spans: () => target.asked.flatMap(({ body }) => spansIn(JSON.parse(body) as Exported)),
    close: () => target.close(),
  };
}

function spansIn({ resourceSpans }: Exported): readonly ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(valuesOf(resource.attributes)['service.name']);
    const spans = scopeSpans.flatMap((scope) => scope.spans);
    return spans.map((span) => ({ ...span, service, attributes: valuesOf(span.attributes) }));
  });
}

function valuesOf(attributes: readonly Attribute[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
