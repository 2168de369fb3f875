/** Whoever has the token that several people have acts under any name but those of people with tokens of their own. */
import { expect, it } from 'vitest';
import { createOperatorRoutes } from '../../api/operator/routes.js';
import { createLog } from '../../runtime/log.js';
import { operatorOptions } from '../harness/operator-options.js';
import { operators } from '../harness/operators.js';

const token = 'token-of-everybody';
const routes = createOperatorRoutes(
  operatorOptions({ token, operators }),
  createLog('api', 'silent'),
);

async function send(path: string, body: object) {
  const response = await routes.request(path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it.each([
  ['a command', '/directory/refresh', { by: 'olga' }, 'by'],
  ['a session', '/session', { token, name: 'olga' }, 'name'],
])('%s under the name of another: 422', async (_, path, body, field) => {
  const answer = await send(path, body);
  expect(answer).toMatchObject({ status: 422, body: { fields: [{ field }] } });
  expect(JSON.stringify(answer.body)).toContain('olga has a separate token');
});

it('under a name without a separate token, the command is applied', async () => {
  expect((await send('/directory/refresh', { by: 'otto' })).status).toBe(202);
  expect((await send('/session', { token, name: 'otto' })).status).toBe(200);
});
