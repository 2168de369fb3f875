/** The webhook's secret, changed under traffic in the documented order, and every wrong one there is. */
import { describe, expect, it } from 'vitest';
import { listen } from '../../runtime/listen.js';
import { exchange } from './attack/raw-call.js';
import { rotate } from './attack/rotation-run.js';
import { openAllRoutes } from '../harness/all-routes.js';

const each = 60;

describe('the webhook’s secret is changed under traffic', () => {
  it('in the documented order: every delivery is answered with 200', async () => {
    const { answers } = await rotate({ each, knowsPrevious: true });
    expect([...answers.keys()]).toEqual([200]);
    expect(answers.get(200)).toBeGreaterThanOrEqual(5 * each);
  });

  it('negative control: without the previous one deliveries are refused', async () => {
    const { answers } = await rotate({ each, knowsPrevious: false });
    expect(answers.get(401)).toBeGreaterThan(0);
  });
});

describe('a delivery with', () => {
  const [current, previous] = ['secret-of-today-0123', 'secret-before-0123'];
  const right = [current];
  it.each<[string, readonly string[]]>([
    ['the current secret', right],
    ['no secret', []],
    ['an empty one', ['']],
    ['a shorter one', [current.slice(0, -1)]],
    ['a longer one', [`${current}4`]],
    ['its beginning alone', [current.slice(0, 6)]],
    ['a wrong one', ['x'.repeat(current.length)]],
    ['one beyond ASCII', [`${current}\xe9`]],
    ['two headers, both right', [current, current]],
    ['two headers, the right one first', [current, 'wrong']],
    ['two headers, the right one last', ['wrong', current]],
    ['the old one within a rotation', [previous]],
  ])('%s', async (name, secrets) => {
    const during = await statusOf([current, previous], secrets);
    const after = await statusOf([current], secrets);
    const isCurrent = secrets === right;
    const isPrevious = secrets.length === 1 && secrets[0] === previous;
    expect([name, during]).toEqual([name, isCurrent || isPrevious ? 422 : 401]);
    expect([name, after]).toEqual([name, isCurrent ? 422 : 401]);
  });
});

/** 422: the secret was right, and the body says nothing. */
async function statusOf(
  webhookSecrets: readonly string[],
  given: readonly string[],
): Promise<number | undefined> {
  const app = openAllRoutes({ webhookSecrets });
  const server = await listen(app, { hostname: '127.0.0.1', port: 0, setting: 'TEST' });
  const shown = given.map((secret) => ['x-dimelo-secret', secret] as const);
  const { status } = await exchange(server.port, {
    ...{ method: 'POST', target: '/webhooks/engage', body: Buffer.from('{}'), framing: 'length' },
    headers: [['host', '127.0.0.1'], ['content-type', 'application/json'], ...shown],
  });
  await server.close();
  return status;
}
