/**
 * Whether tracing is enabled, by OpenTelemetry's own variables; OpenTelemetry itself reads the exporter's
 * address.
 */
import type { Environment } from './environment.js';

export function wantsTraces(env: Environment = process.env): boolean {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return false;
  if (env['OTEL_TRACES_EXPORTER']?.toLowerCase() === 'none') return false;
  return (
    Boolean(env['OTEL_EXPORTER_OTLP_ENDPOINT']) ||
    Boolean(env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])
  );
}
