/**
 * What the house knows of tracing: spans around what it does, by the word of whoever makes them. Names
 * and attributes are ours alone: verbs, templates, names from `baton.config.ts`, codes; never ids of
 * customers, never what anybody said.
 */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export type SpanOptions<T = unknown> = {
  readonly name: string;
  readonly kind?: 'server' | 'client' | 'internal';
  /** A `traceparent` from elsewhere; without it the span is under the one we are in. */
  readonly parent?: string | undefined;
  /** Begins a trace where there is nothing to be under; otherwise there is no span then. */
  readonly isRoot?: boolean;
  readonly attributes?: SpanAttributes;
  /** What the result adds, and whether it is a failure by its code. */
  readonly after?: (result: T) => SpanAttributes & { readonly 'error.type'?: string };
};

export type Tracing = {
  within<T>(span: SpanOptions<T>, run: () => Promise<T>): Promise<T>;
  /** The `traceparent` of the span we are in. */
  current(): string | undefined;
  /** Sends what has not been sent, for two seconds at most; never throws. */
  end(): Promise<void>;
};

export type Role = 'baton-api' | 'baton-worker';
