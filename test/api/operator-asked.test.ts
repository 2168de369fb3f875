/** What an operator asks by a query reaches Temporal as a value, or is refused; it never becomes a query. */
import { expect, it } from 'vitest';
import { createOperatorRoutes } from '../../api/operator/routes.js';
import { createLog } from '../../runtime/log.js';
import { quote } from '../../temporal/thread-search.js';
import { noThreads, operatorOptions } from '../harness/operator-options.js';

const token = 'token-of-everybody';
const headers = { authorization: `Bearer ${token}` };
const log = createLog('api', 'silent');

it.each(['\\', `\\') OR WorkflowType != "x" -- `, 'a"b', 'a\0b', 'a\nb'])(
  'a source that no name can be (%j) is refused by name, and Temporal is not asked',
  async (source) => {
    let isAsked = false;
    const list = () => {
      isAsked = true;
      return noThreads.list({}, { size: 1, after: undefined });
    };
    const routes = createOperatorRoutes(
      operatorOptions({ token, threads: { ...noThreads, list } }),
      log,
    );
    const path = `/threads?source=${encodeURIComponent(source)}`;
    const answer = await routes.request(path, { headers });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ fields: [{ field: 'source' }] });
    expect(isAsked).toBe(false);
  },
);

it('a quote ends where it was meant to end, whatever is in it', () => {
  expect(quote("o'clock")).toBe("'o''clock'");
  expect(quote("\\' OR 1")).toBe("'\\\\'' OR 1'");
});
