/** A thread whose bot is outside is erased: the conversation outside, with the same words in it, is too. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { domainId } from '../../simulator/seed.js';
import { engageEvents, threadWorkflowId } from '../../workflows/contract/index.js';
import { customerWrote } from '../harness/facts.js';
import { secrets } from '../harness/world.js';
import { patient } from './config.js';
import { SdkStack } from './setup.js';
import { eventually } from '../harness/eventually.js';

let stack: SdkStack;
beforeAll(async () => {
  stack = await SdkStack.open({ sourceSdk: patient });
});
afterAll(() => stack.close());

async function erase(id: string): Promise<number> {
  const answer = await fetch(`${stack.ingress}/operator/threads/${id}/erase`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secrets.BATON_OPERATOR_TOKEN}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ by: 'olga', why: 'the customer asked', confirm: id }),
  });
  return answer.status;
}

async function handedOver(): Promise<string> {
  stack.begin();
  await stack.says('customer', 'm-1', 'My address is 5 Main Street.');
  await stack.handsOver({ customer: { id: 'ana', screenname: 'Ana', email: 'ana@example.com' } });
  const thread = await stack.thread();
  await stack.untilPhase('handover');
  return `${domainId}:${thread}`;
}

const isKnown = () =>
  stack.workflow.describe().then(
    () => true,
    (error: unknown) => !(error instanceof WorkflowNotFoundError),
  );

it('the messages cannot be read any more', async () => {
  expect(await erase(await handedOver())).toBe(200);
  await eventually(isKnown).toBe(false);
});

it('also those of a thread whose history is larger than an answer of gRPC', async () => {
  const id = await handedOver();
  await stack.world.stopWorkers();
  const thread = stack.world.temporal.client.workflow.getHandle(
    threadWorkflowId(domainId, id.slice(id.indexOf(':') + 1)),
  );
  const body = 'x'.repeat(20_000);
  for (let batch = 0; batch < 6; batch += 1) {
    const events = Array.from({ length: 50 }, (_, at) =>
      customerWrote({ id: `large-${batch}-${at}`, at: 0, body }),
    );
    await thread.signal(engageEvents, events);
  }
  expect(await erase(id)).toBe(200);
  await eventually(isKnown).toBe(false);
  await stack.world.startWorkers();
});

it('also while no worker is there to be asked', async () => {
  const id = await handedOver();
  await stack.world.stopWorkers();
  expect(await erase(id)).toBe(200);
  await eventually(isKnown).toBe(false);
});
