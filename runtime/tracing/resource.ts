/**
 * Who sends: the role, unless the environment says otherwise. `OTEL_RESOURCE_ATTRIBUTES` and, before it,
 * `OTEL_SERVICE_NAME` are read by OpenTelemetry's own detector.
 */
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  type Resource,
} from '@opentelemetry/resources';
import type { Role } from './tracing.js';

export function resourceOf(role: Role): Resource {
  const ours = resourceFromAttributes({ 'service.name': role });
  const theirs = detectResources({ detectors: [envDetector] });
  return defaultResource().merge(ours).merge(theirs);
}
