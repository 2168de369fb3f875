/** Spans around what a turn comes down to, under the delivery that began it; without tracing nothing. */
import type { SpanAttributes, Tracing } from '../runtime/tracing/tracing.js';

type TracedInput = {
  readonly trace?: string | undefined;
  readonly sourceName?: string;
  readonly botName?: string;
};

export function traced<I extends TracedInput, O>(
  tracing: Tracing | undefined,
  name: string,
  run: (input: I) => Promise<O>,
): (input: I) => Promise<O> {
  if (!tracing) return run;
  return (input) => {
    const { trace: parent, sourceName, botName } = input;
    const attributes = {
      ...(sourceName !== undefined && { 'baton.source': sourceName }),
      ...(botName !== undefined && { 'baton.bot': botName }),
    };
    const span = { name, parent, attributes, after: outcomeOf };
    return tracing.within<O>(span, () => run(input));
  };
}

/** By its code: the rest of an outcome may hold what was said. */
function outcomeOf(outcome: unknown): SpanAttributes {
  if (typeof outcome !== 'object' || outcome === null || !('is' in outcome)) return {};
  return typeof outcome.is === 'string' ? { 'baton.outcome': outcome.is } : {};
}
