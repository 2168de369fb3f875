/**
 * A trace travels as data: the `traceparent` (W3C) of the delivery that brought a content, from the
 * signal into the turn and out with its work. A thread does nothing with it, and where nobody traces
 * there is none.
 */
export type Traced = { readonly trace?: string | undefined };

/** Absent rather than empty: nothing is added to a payload where nobody traces. */
export function traceOf({ trace }: Traced): { readonly trace?: string } {
  return trace === undefined ? {} : { trace };
}
