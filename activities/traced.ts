/**
 * Wraps the activities of a turn in spans under the delivery that began it; without tracing it does
 * nothing.
 */
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

/** The outcome's code only: the rest may contain customer text. */
function outcomeOf(outcome: unknown): SpanAttributes {
  if (typeof outcome !== 'object' || outcome === null || !('is' in outcome)) return {};
  return typeof outcome.is === 'string' ? { 'baton.outcome': outcome.is } : {};
}
