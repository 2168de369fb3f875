/**
 * A worker that wakes from a freeze in the middle of a post: it has looked, and nobody waits for it any
 * more. Against a real platform over HTTP.
 */
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPostReply } from '../../activities/post-reply.js';
import { createEngageClient } from '../../engage/client.js';
import { createPace } from '../../engage/pace.js';
import type { InTurn } from '../../engage/transport.js';
import { connectControl } from '../../simulator/control-client.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import type { PostReplyInput, PostReplyOutcome } from '../../workflows/contract/work.js';
import { secrets } from '../harness/world.js';

let simulator: Simulator;
let people = 0;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, accessToken: secrets.ENGAGE_TOKEN });
});
afterAll(() => simulator.stop());

async function post(startToCloseTimeoutMs: number, inTurn?: InTurn) {
  const control = connectControl(simulator.url);
  const identity = `ana-${(people += 1)}`;
  const cast = await control.customer({ source: 'chat', identity, body: 'hello' });
  const token = secrets.ENGAGE_TOKEN;
  const postReply = createPostReply({
    engage: createEngageClient({ url: simulator.url, token, timeout: 60_000, inTurn }),
    emergencies: { isInForce: () => Promise.resolve(false) },
    messenger: undefined,
  });
  const input: PostReplyInput = {
    ...{ threadId: cast.thread_id, inReplyToId: cast.content_id, body: 'Welcome!' },
    ...{ isPrivate: true, botUserId: 'bot', sourceName: 'chat', botName: 'ours', lookSince: 0 },
    ...{ seenContentIds: [], ownContentIds: [], automaticIdentityIds: [], expectedContents: 1 },
  };
  const attempt = new MockActivityEnvironment({ startToCloseTimeoutMs });
  const outcome: PostReplyOutcome = await attempt.run(postReply, input);
  const { contents } = await control.record(cast.thread_id);
  return { is: outcome.is, said: contents.filter(({ by }) => by.startsWith('bot:')).length };
}

it('speaks in time', async () => {
  expect(await post(60_000)).toEqual({ is: 'posted', said: 1 });
});

it('says nothing when its time is over', async () => {
  expect(await post(0)).toEqual({ is: 'notSent', said: 0 });
});

it('says nothing when its turn in the account’s budget comes too late, and has not even looked', async () => {
  const pace = createPace({ perMinute: 1 });
  await pace.inTurn(1, () => Promise.resolve());
  const inTurn: InTurn = (call, together) => pace.inTurn(3, call, together);
  expect(await post(400, inTurn)).toEqual({ is: 'notSent', said: 0 });
});
