/** Starts tracing if it is enabled; otherwise OpenTelemetry is not even loaded. */
import type { Log } from '../log.js';
import type { Role, Tracing } from './tracing.js';

export async function startTracing(
  role: Role,
  { isWanted, log }: { readonly isWanted: boolean; readonly log: Log },
): Promise<Tracing | undefined> {
  if (!isWanted) return undefined;
  const { createTracing } = await import('./opentelemetry.js');
  return createTracing(role, log);
}
