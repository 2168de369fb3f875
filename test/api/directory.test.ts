/** The directory by HTTP: who may ask, what a wrong call gets, and what is answered. */
import { expect, it } from 'vitest';
import { createOperatorRoutes } from '../../api/operator/routes.js';
import { createLog } from '../../runtime/log.js';
import { TemporalAway } from '../../temporal/operator-connection.js';
import { operatorOptions } from '../harness/operator-options.js';
import { recordedDirectory } from '../harness/recorded-directory.js';

const token = 'token-of-the-operator';

function endpoint({ isAway = false } = {}) {
  const asked: string[] = [];
  const trouble = () => (isAway ? new TemporalAway('Temporal did not answer') : undefined);
  const directory = recordedDirectory(asked, trouble);
  const options = operatorOptions({ token, directory });
  const app = createOperatorRoutes(options, createLog('api', 'silent'));
  const send = async (method: string, path: string, body?: unknown, by = token) => {
    const response = await app.request(path, {
      method,
      headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { asked, send };
}

it('is read again when an operator asks, and says who asked', async () => {
  const { asked, send } = endpoint();
  expect(await send('GET', '/directory')).toEqual({ status: 200, body: { directory: null } });
  const view = { isRefreshing: true, askedBy: 'olga', calls: 0 };
  const answer = await send('POST', '/directory/refresh', { by: ' olga ' });
  expect(answer).toEqual({ status: 202, body: { directory: view } });
  expect(await send('GET', '/directory')).toEqual({ status: 200, body: { directory: view } });
  expect(asked).toEqual(['olga']);
});

it.each([
  ['nobody', {}, 'by'],
  ['a blank name', { by: ' ' }, 'by'],
  ['an unknown field', { by: 'olga', now: true }, 'now'],
  ['no object', ['olga'], 'body'],
])('refuses %s, naming the field', async (_, body, field) => {
  const { asked, send } = endpoint();
  const answer = await send('POST', '/directory/refresh', body);
  expect(answer).toMatchObject({ status: 422, body: { fields: [{ field }] } });
  expect(asked).toEqual([]);
});

it('is for the operator alone', async () => {
  const { asked, send } = endpoint();
  expect(await send('POST', '/directory/refresh', { by: 'eve' }, 'guess')).toMatchObject({
    status: 401,
  });
  expect(await send('GET', '/directory', undefined, 'guess')).toMatchObject({ status: 401 });
  expect(asked).toEqual([]);
});

it('without Temporal says so, and when to ask again', async () => {
  const { send } = endpoint({ isAway: true });
  expect(await send('POST', '/directory/refresh', { by: 'olga' })).toMatchObject({ status: 503 });
  expect(await send('GET', '/directory')).toMatchObject({ status: 503 });
});
