/** In whose name spans are sent. */
import { expect, it } from 'vitest';
import { resourceOf } from '../../tracing/resource.js';

const named = (env: Record<string, string>) => resourceOf('baton-api', env).attributes;

it('the role, unless the environment names the service otherwise', () => {
  expect(named({})).toMatchObject({ 'service.name': 'baton-api' });
  const attributes = 'service.name=shop,%C3%BC=a%3Db, deployment.environment = test ,';
  expect(named({ OTEL_RESOURCE_ATTRIBUTES: attributes })).toMatchObject({
    'service.name': 'shop',
    'deployment.environment': 'test',
    ü: 'a=b',
  });
  expect(named({ OTEL_RESOURCE_ATTRIBUTES: attributes, OTEL_SERVICE_NAME: 'other' })).toMatchObject(
    { 'service.name': 'other' },
  );
});

it.each(['a=b,c', 'a=b=c', '=b', 'a=%'])('of wrong attributes none counts: %s', (text) => {
  const attributes = named({ OTEL_RESOURCE_ATTRIBUTES: `x=y,${text}` });
  expect(attributes).not.toHaveProperty('x');
  expect(attributes).toMatchObject({ 'service.name': 'baton-api' });
});
