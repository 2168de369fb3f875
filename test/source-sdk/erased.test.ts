/** A thread whose bot is outside is erased: the conversation outside, with the same words in it, is too. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { domainId } from '../../simulator/seed.js';
import { secrets } from '../support/world.js';
import { Stage } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
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

it('nobody knows what was said any more', { timeout: 60_000 }, async () => {
  stage.begin();
  await stage.says('customer', 'm-1', 'My address is 5 Main Street.');
  await stage.handsOver({ customer: { id: 'ana', screenname: 'Ana', email: 'ana@example.com' } });
  await stage.until(() => stage.bot.actions().includes('conversations.waiting'));
  const thread = await stage.thread();
  expect(await erase(`${domainId}:${thread}`)).toBe(200);
  const isKnown = () =>
    stage.workflow.describe().then(
      () => true,
      (error: unknown) => !(error instanceof WorkflowNotFoundError),
    );
  await expect.poll(isKnown, { timeout: 50_000 }).toBe(false);
});
