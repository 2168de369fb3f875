/**
 * Who sends: the role, and what the environment says of the process. OpenTelemetry's package for this is
 * one of its SDK's, not of ours; the SDK takes whatever has the same few parts.
 */
import type { NodeTracerConfig } from '@opentelemetry/sdk-trace-node';
import type { Role } from './tracing.js';

type Resource = NonNullable<NodeTracerConfig['resource']>;
type Environment = Readonly<Record<string, string | undefined>>;

/** `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` go before what we say, in this order. */
export function resourceOf(role: Role, env: Environment = process.env): Resource {
  const name = env['OTEL_SERVICE_NAME'];
  return withParts({
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.name': 'opentelemetry',
    'service.name': role,
    ...attributesIn(env['OTEL_RESOURCE_ATTRIBUTES'] ?? ''),
    ...(name && { 'service.name': name }),
  });
}

function withParts(attributes: Readonly<Record<string, string>>): Resource {
  return {
    attributes: { ...attributes },
    getRawAttributes: () => Object.entries(attributes),
    merge: (other) => withParts({ ...attributes, ...(other?.attributes as typeof attributes) }),
  };
}

/** `key=value,key=value`, percent-encoded. One that is wrong, and by the specification none of them counts. */
function attributesIn(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  try {
    return Object.fromEntries(pairs.map(pairOf));
  } catch {
    return {};
  }
}

function pairOf(pair: string): readonly [string, string] {
  const [key = '', value, ...more] = pair.split('=').map((part) => decodeURIComponent(part.trim()));
  if (key === '' || value === undefined || more.length > 0) throw new Error('not key=value');
  return [key, value];
}
