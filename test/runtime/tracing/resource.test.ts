/** In whose name spans are sent. */
import { afterEach, expect, it, vi } from 'vitest';
import { createResource } from '../../../runtime/tracing/resource.js';

afterEach(() => vi.unstubAllEnvs());

function named(env: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return createResource('baton-api').attributes;
}

it.each([
  [{}, 'baton-api'],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=shop,deployment.environment=test' }, 'shop'],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=shop', OTEL_SERVICE_NAME: 'other' }, 'other'],
])('the role, unless the environment names the service otherwise: %o', (env, name) => {
  expect(named(env)).toMatchObject({ 'service.name': name });
});
