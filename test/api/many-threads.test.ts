/**
 * The list with many open threads: one search a page, whatever the page, and all of them found once. Ten
 * thousand by `npm run guarantees`, some hundreds in `npm test`.
 */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { TypedSearchAttributes } from '@temporalio/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ThreadList } from '../../api/operator/answers.js';
import { searchAttributes, taskQueues, threadWorkflow } from '../../workflows/contract/index.js';
import { startCountedIngress, type CountedIngress } from '../harness/counted-ingress.js';
import { caller } from '../harness/operators.js';
import { eventually } from '../harness/eventually.js';
import { startTemporal } from '../harness/temporal.js';

const isLong = process.env['BATON_LONG_TESTS'] === '1';
const many = isLong ? 10_000 : 250;

let temporal: TestWorkflowEnvironment;
let ingress: CountedIngress;
let call: ReturnType<typeof caller>;

beforeAll(async () => {
  temporal = await startTemporal();
  await begin(many);
  ingress = await startCountedIngress(temporal.address, temporal.namespace);
  call = caller(ingress.origin);
}, 600_000);
afterAll(async () => {
  await ingress.close();
  await temporal.teardown();
});

/** Open threads as searches see them; nobody works on them. */
async function begin(count: number): Promise<void> {
  const since = new Date();
  const start = (i: number) =>
    temporal.client.workflow.start(threadWorkflow, {
      workflowId: `thread:domain:${i}`,
      taskQueue: `nobody-${taskQueues.threads}`,
      args: [],
      typedSearchAttributes: new TypedSearchAttributes([
        { key: searchAttributes.phase, value: i % 2 === 0 ? 'bot' : 'agent' },
        { key: searchAttributes.source, value: 'chat' },
        { key: searchAttributes.attention, value: i % 10 === 0 },
        { key: searchAttributes.phaseSince, value: since },
      ]),
    });
  for (let i = 0; i < count; i += 25) {
    await Promise.all(Array.from({ length: 25 }, (_, k) => start(i + k)));
  }
  const query = `WorkflowType = '${threadWorkflow}'`;
  const found = async () => (await temporal.client.workflow.count(query)).count;
  await eventually(found).toBe(count);
}

async function page(query: string): Promise<ThreadList> {
  const { status, body } = await call('vera', 'get', `/operator/threads?${query}`);
  expect(status).toBe(200);
  return body as unknown as ThreadList;
}

const lists = () => ingress.takeSearches().filter((method) => method.startsWith('List'));

it(`${many} open threads are listed page by page, each thread once, one search a page`, async () => {
  const seen = new Set<string>();
  ingress.takeSearches();
  let pages = 0;
  for (let next: string | null = ''; next !== null; pages += 1) {
    const list: ThreadList = await page(`size=100${next === '' ? '' : `&page=${next}`}`);
    for (const { id } of list.threads) seen.add(id);
    ({ next } = list);
  }
  expect(seen.size).toBe(many);
  expect(lists()).toHaveLength(pages);
});

it('by phase and attention, still one search', async () => {
  ingress.takeSearches();
  const { threads } = await page('phase=bot&attention=true&size=200');
  expect(threads).toHaveLength(Math.min(many / 10, 200));
  expect(lists()).toHaveLength(1);
});

it('a page of another search is none', async () => {
  const { next } = await page('phase=bot&size=10');
  const other = await call('vera', 'get', `/operator/threads?phase=agent&page=${next ?? ''}`);
  expect(other).toMatchObject({ status: 422, body: { fields: [{ field: 'page' }] } });
});

it('however many look at the overview, Temporal is asked for four counts in ten seconds', async () => {
  await call('vera', 'get', '/operator/overview');
  ingress.takeSearches();
  const looks = Array.from({ length: 40 }, () => call('vera', 'get', '/operator/overview'));
  const answers = await Promise.all(looks);
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  // Four, and four again where the ten seconds ended meanwhile.
  expect(ingress.takeSearches().length).toBeLessThanOrEqual(8);
});
