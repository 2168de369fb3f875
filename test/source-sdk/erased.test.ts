/** A thread whose bot is outside is erased: the conversation outside, with the same words in it, is too. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { domainId } from '../../simulator/seed.js';
import { secrets } from '../harness/world.js';
import { patient } from './config.js';
import { Stage } from './setup.js';
import { eventually } from '../harness/eventually.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ sourceSdk: patient });
});
afterAll(() => stage.close());

async function erase(id: string): Promise<number> {
  const answer = await fetch(`${stage.ingress}/operator/threads/${id}/erase`, {
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
  stage.begin();
  await stage.says('customer', 'm-1', 'My address is 5 Main Street.');
  await stage.handsOver({ customer: { id: 'ana', screenname: 'Ana', email: 'ana@example.com' } });
  const thread = await stage.thread();
  await stage.untilPhase('handover');
  return `${domainId}:${thread}`;
}

const isKnown = () =>
  stage.workflow.describe().then(
    () => true,
    (error: unknown) => !(error instanceof WorkflowNotFoundError),
  );

it('the messages cannot be read any more', async () => {
  expect(await erase(await handedOver())).toBe(200);
  await eventually(isKnown).toBe(false);
});

it('also while no worker is there to be asked', async () => {
  const id = await handedOver();
  await stage.world.stopWorkers();
  expect(await erase(id)).toBe(200);
  await eventually(isKnown).toBe(false);
});
