/**
 * Trace context as data: the `traceparent` (W3C) of the delivery that brought a content. It goes from
 * the signal into the turn and out with its activities. The thread itself does not use it, and it is
 * absent without tracing.
 */
export type Traced = { readonly trace?: string | undefined };

/** Omits the key instead of setting it to undefined, so that payloads do not grow without tracing. */
export function traceOf({ trace }: Traced): { readonly trace?: string } {
  return trace === undefined ? {} : { trace };
}
