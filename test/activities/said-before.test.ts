/**
 * A thread that has forgotten what it said, as after a backup was restored: each reply is looked for, not
 * only the first. Against a real platform over HTTP.
 */
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPostReply } from '../../activities/post-reply.js';
import { createEngageClient } from '../../engage/client.js';
import { connectControl } from '../../simulator/control-client.js';
import { users } from '../../simulator/seed.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import type { PostReplyInput, PostReplyOutcome } from '../../workflows/contract/work.js';
import { secrets } from '../harness/world.js';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, accessToken: secrets.ENGAGE_TOKEN });
});
afterAll(() => simulator.stop());

it('three replies that were said are found one by one, and none is said again', async () => {
  const control = connectControl(simulator.url);
  const engage = createEngageClient({
    ...{ url: simulator.url, token: secrets.ENGAGE_TOKEN, timeout: 60_000 },
  });
  const cast = await control.customer({ source: 'chat', identity: 'ana', body: 'hello' });
  const bodies = ['one', 'two', 'three'];
  for (const body of bodies) {
    await engage.createReply({ inReplyToId: cast.content_id, body, isPrivate: true });
  }
  const emergencies = { isInForce: () => Promise.resolve(false) };
  const postReply = createPostReply({ engage, emergencies, messenger: undefined });
  let known: Pick<PostReplyInput, 'ownContentIds' | 'expectedContents'> = {
    ...{ ownContentIds: [], expectedContents: 1 },
  };
  for (const body of bodies) {
    const input: PostReplyInput = {
      ...{ threadId: cast.thread_id, inReplyToId: cast.content_id, body, isPrivate: true },
      ...{ botUserId: users.bot, sourceName: 'chat', botName: 'ours', lookSince: 0 },
      ...{ seenContentIds: [cast.content_id], automaticIdentityIds: [], ...known },
    };
    const attempt = new MockActivityEnvironment({ startToCloseTimeoutMs: 60_000 });
    const outcome: PostReplyOutcome = await attempt.run(postReply, input);
    if (outcome.is !== 'posted') throw new Error(`it is ${outcome.is}`);
    // As the thread counts on.
    known = {
      ownContentIds: [...known.ownContentIds, outcome.contentId],
      expectedContents: outcome.contentsBefore + 1,
    };
  }
  const { contents } = await control.record(cast.thread_id);
  const said = contents.filter(({ by }) => by.startsWith('bot:')).map(({ body }) => body);
  expect(said).toEqual(bodies);
});
