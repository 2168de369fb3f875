/**
 * The tracing port: callers open spans around their work. Names and attributes are Baton's own: verbs,
 * templates, names from `baton.config.ts`, codes; never customers' ids or text.
 */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export type SpanOptions<T = unknown> = {
  readonly name: string;
  readonly kind?: 'server' | 'client' | 'internal';
  /** A `traceparent` from outside; by default the current span is the parent. */
  readonly parent?: string | undefined;
  /** Starts a trace if there is no parent; otherwise no span is created then. */
  readonly isRoot?: boolean;
  readonly attributes?: SpanAttributes;
  /** Attributes derived from the result, including whether it is a failure by its code. */
  readonly after?: (result: T) => SpanAttributes & { readonly 'error.type'?: string };
};

export type Tracing = {
  within<T>(span: SpanOptions<T>, run: () => Promise<T>): Promise<T>;
  /** The `traceparent` of the current span. */
  current(): string | undefined;
  /** Exports pending spans, for two seconds at most; never throws. */
  end(): Promise<void>;
};

export type Role = 'baton-api' | 'baton-worker';
