/** `GET /openapi.json`: the operator API in OpenAPI 3.1, generated from the table of its routes. */
import { z } from 'zod';
import type { Route } from './route.js';
import { failure } from './schemas.js';

const failures: Readonly<Record<number, string>> = {
  400: 'The body is not JSON',
  401: 'Missing or invalid credentials',
  403: 'Role or source not permitted, or CSRF token missing',
  404: 'Not found',
  409: 'Not possible in the current state; the message of a command names the phase of the thread',
  413: 'The body is larger than 16 KiB',
  415: 'The body is not application/json',
  422: 'Invalid field; the response names it',
  429: 'Too many calls: retry after the seconds in `Retry-After`',
  503: 'Temporal is unreachable: retry',
};
const ofEveryRoute = [401, 403, 429, 503];
const ofEveryBody = [400, 413, 415, 422];

export function describeOpenApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = `/operator${route.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Baton, operator API', version: '1' },
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: {
          ...{ type: 'apiKey', in: 'cookie', name: 'baton' },
          description: 'Over https its name is `__Host-baton`.',
        },
      },
      schemas: { Failure: jsonSchema(failure, 'output') },
    },
  };
}

function operationOf({ path, needs, does, query, body, answers, refuses = [] }: Route): object {
  const statuses = [...ofEveryRoute, ...(body ? ofEveryBody : []), ...refuses];
  if (query) statuses.push(422);
  return {
    summary: does,
    description: `Needs the role ${needs}.`,
    parameters: [...pathParameters(path), ...queryParameters(query), ...headers(path, body)],
    ...(body && { requestBody: { required: true, content: json(jsonSchema(body, 'input')) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, schema]) => [
          status,
          { description: does, content: json(jsonSchema(schema, 'output')) },
        ]),
      ),
      ...Object.fromEntries(
        [...new Set(statuses)].map((status) => [
          String(status),
          {
            description: failures[status] ?? '',
            content: json({ $ref: '#/components/schemas/Failure' }),
          },
        ]),
      ),
    },
  };
}

function pathParameters(path: string): readonly object[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
    description: name === 'id' ? '`{domainId}:{threadId}`' : 'An identity’s id on the platform',
  }));
}

function queryParameters(query: Route['query']): readonly object[] {
  if (!query) return [];
  const { properties = {} } = jsonSchema(query, 'input') as { properties?: object };
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', required: false },
    schema: schema as object,
  }));
}

function headers(path: string, body: Route['body']): readonly object[] {
  if (!body) return [];
  const text = { type: 'string', maxLength: 200 };
  const csrf = { name: 'x-baton-csrf', description: 'CSRF token, required with a session' };
  const key = {
    name: 'idempotency-key',
    description: 'A repeated call with the same key has no further effect',
  };
  const all = path.startsWith('/threads/') && !path.endsWith('/erase') ? [csrf, key] : [csrf];
  return all.map((one) => ({ ...one, in: 'header', required: false, schema: text }));
}

function json(schema: object): object {
  return { 'application/json': { schema } };
}

/** Constraints that JSON Schema cannot express, such as that a time zone exists, are omitted. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const made: Record<string, unknown> = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return Object.fromEntries(Object.entries(made).filter(([key]) => key !== '$schema'));
}
