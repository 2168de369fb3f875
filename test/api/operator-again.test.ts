/** The same call twice is one; with a key used again, something else that is asked for is not swallowed. */
import { expect, it } from 'vitest';
import { createOperatorRoutes } from '../../api/operator/routes.js';
import { createLog } from '../../runtime/log.js';
import type { OperatedThreads } from '../../temporal/operated-threads.js';
import { describeTranscript } from '../../workflows/thread/planning/card.js';
import { noThreads, operatorOptions } from '../harness/operator-options.js';
import { PlayedRun } from '../harness/played-core.js';

const token = 'token-of-everybody';

/** As whom Temporal knows each of these pauses, all with one key. */
async function idsOf(bodies: readonly { for: string; why: string }[]): Promise<string[]> {
  const ids: string[] = [];
  const transcript = describeTranscript(new PlayedRun().state);
  const threads: OperatedThreads = {
    ...noThreads,
    see: () => Promise.resolve({ transcript, isRunning: true }),
    command: (_, __, updateId) => {
      ids.push(updateId);
      return Promise.resolve(transcript.card);
    },
  };
  const routes = createOperatorRoutes(
    operatorOptions({ token, threads }),
    createLog('api', 'silent'),
  );
  for (const body of bodies) {
    const { status } = await routes.request('/threads/d:t/pause-bot', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': 'one-dialog',
      },
      body: JSON.stringify({ by: 'olga', ...body }),
    });
    expect(status).toBe(200);
  }
  return ids;
}

it('the same pause again is the same, however its why is worded', async () => {
  const ids = await idsOf([
    { for: '15m', why: 'wrong prices' },
    { for: '15m', why: 'wrong prices today' },
  ]);
  expect(new Set(ids).size).toBe(1);
});

it('a longer pause with the same key is another', async () => {
  const ids = await idsOf([
    { for: '15m', why: 'wrong prices' },
    { for: '1h', why: 'wrong prices' },
  ]);
  expect(new Set(ids).size).toBe(2);
});
