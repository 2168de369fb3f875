/**
 * Runs that are given more than Temporal takes while no worker runs: what would not fit is refused with 503
 * before it is acknowledged, by any number of ingresses; what was acknowledged is answered when a worker
 * comes. A client that only signals has its run ended by Temporal, with everything acknowledged.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domainId } from '../../simulator/seed.js';
import { createStartOptions } from '../../temporal/start-thread.js';
import { engageEvents, threadWorkflow, threadWorkflowId } from '../../workflows/contract/index.js';
import { contentImported, deliveryHeaders, deliveryOf } from '../harness/delivery.js';
import { eventually } from '../harness/eventually.js';
import { customerWrote } from '../harness/facts.js';
import { startIngress, startWorld, type World } from '../harness/world.js';

/** Ten contents of 20,000 characters, 60 KB each: the platform's longest, in Japanese. */
const body = '荷物はどこですか。'.repeat(2_222);

function delivered(url: string, threadId: string, number: number): Promise<Response> {
  const events = Array.from({ length: 10 }, (_, at) => {
    const id = `${threadId}-${number}-${at}`;
    return contentImported({ id, threadId, body, customer: `customer-${threadId}` });
  });
  const delivery = JSON.stringify(deliveryOf(events));
  return fetch(url, { method: 'POST', headers: deliveryHeaders(), body: delivery });
}

function handleOf({ temporal }: World, threadId: string) {
  return temporal.client.workflow.getHandle(threadWorkflowId(domainId, threadId));
}

describe('history beyond what Temporal takes', () => {
  let world: World;
  let others: Awaited<ReturnType<typeof startIngress>>;
  beforeAll(async () => {
    world = await startWorld({ withoutWorker: true });
    const { address, namespace = 'default' } = world.temporal;
    others = await startIngress(address, world.business, 0, { namespace });
  });
  afterAll(async () => {
    await others.close();
    await world.stop();
  });

  it('is refused by every ingress, and a worker then answers and makes room', async () => {
    const urls = [world.webhookUrl, others.webhookUrl];
    const send = (number: number) => delivered(urls[number % 2] ?? '', 'full', number);
    let accepted = 0;
    let refused: Response | undefined;
    // 50 MB are 84 deliveries.
    while (!refused && accepted < 100) {
      const answer = await send(accepted);
      if (answer.status === 200) accepted += 1;
      else refused = answer;
    }
    expect([refused?.status, refused?.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await send(accepted + 1)).status).toBe(503);
    const { status, historySize = 0, runId } = await handleOf(world, 'full').describe();
    expect(status.name).toBe('RUNNING');
    expect(historySize).toBeGreaterThan(accepted * 500_000);

    await world.startWorkers();
    await eventually(async () => (await handleOf(world, 'full').describe()).runId).not.toBe(runId);
    expect((await send(accepted)).status).toBe(200);
  });
});

describe('a server with small limits', () => {
  let world: World;
  beforeAll(async () => {
    const values = ['limit.historySize.error=2000000', 'history.maximumSignalsPerExecution=20'];
    const temporalFlags = values.flatMap((value) => ['--dynamic-config-value', value]);
    world = await startWorld({ withoutWorker: true, temporalFlags });
  });
  afterAll(() => world.stop());

  it('signals beyond their number are refused, and the run goes on', async () => {
    const one = (at: number) => {
      const content = contentImported({ id: `many-${at}`, threadId: 'many' });
      const delivery = JSON.stringify(deliveryOf([content]));
      const headers = deliveryHeaders();
      return fetch(world.webhookUrl, { method: 'POST', headers, body: delivery });
    };
    const statuses: number[] = [];
    for (let at = 0; at < 22; at += 1) statuses.push((await one(at)).status);
    expect(statuses).toEqual([...Array<number>(20).fill(200), 503, 503]);
    expect((await handleOf(world, 'many').describe()).status.name).toBe('RUNNING');
  });

  it('negative control: a client that only signals has its run ended with what it was told', async () => {
    const { workflow } = world.temporal.client;
    const options = createStartOptions({ domainId, threadId: 'naive', sourceId: 'source-chat' });
    const signal = (at: number) => {
      const events = [customerWrote({ id: `naive-${at}`, at, body: 'x'.repeat(500_000) })];
      const signalling = {
        ...options,
        signal: engageEvents,
        signalArgs: [events] as [typeof events],
      };
      return workflow.signalWithStart(threadWorkflow, signalling);
    };
    const { signaledRunId } = await signal(0);
    // The last one is refused, when the run has been ended.
    for (let at = 1; at < 6; at += 1) await signal(at).catch(() => undefined);
    const first = workflow.getHandle(options.workflowId, signaledRunId);
    expect((await first.describe()).status.name).toBe('TERMINATED');
  });
});
