/**
 * Resource attributes: the role as service name, unless the environment sets one. OpenTelemetry's own
 * detector reads `OTEL_RESOURCE_ATTRIBUTES` and, with precedence, `OTEL_SERVICE_NAME`.
 */
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  type Resource,
} from '@opentelemetry/resources';
import type { Role } from './tracing.js';

export function createResource(role: Role): Resource {
  const ours = resourceFromAttributes({ 'service.name': role });
  const theirs = detectResources({ detectors: [envDetector] });
  return defaultResource().merge(ours).merge(theirs);
}
