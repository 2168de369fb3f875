/**
 * Posting where the bot has spoken and the thread does not know: as after a backup was restored. What is
 * there is found and not said again, however many of it there are.
 */
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPostReply } from '../../activities/post-reply.js';
import { createEngageClient } from '../../engage/client.js';
import { openDoors, type Doors } from '../../simulator/door-client.js';
import { categories, users } from '../../simulator/seed.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import type { PostReplyInput, PostReplyOutcome } from '../../workflows/work.js';
import { secrets } from '../support/world.js';

let simulator: Simulator;
let doors: Doors;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, accessToken: secrets.ENGAGE_TOKEN });
  doors = openDoors(simulator.url);
});
afterAll(() => simulator.stop());

const engage = () =>
  createEngageClient({ url: simulator.url, token: secrets.ENGAGE_TOKEN, timeout: 2_000 });

function post(said: Pick<PostReplyInput, 'threadId' | 'inReplyToId' | 'body'>, more: object) {
  const emergencies = { isInForce: () => Promise.resolve(false) };
  const activity = createPostReply({ engage: engage(), emergencies, messenger: undefined });
  const input: PostReplyInput = {
    ...{ sourceName: 'chat', botName: 'tester', isPrivate: true, botUserId: users.bot },
    ...{ botCategoryId: categories.bot, ownContentIds: [], knownContentIds: [], lookSince: 0 },
    automaticIdentityIds: [],
    ...said,
    ...more,
  };
  return new MockActivityEnvironment().run<[PostReplyInput], PostReplyOutcome, typeof activity>(
    activity,
    input,
  );
}

/** As the thread reckons after a reply was posted, or found. */
function nextExpected(outcome: PostReplyOutcome): number {
  if (outcome.is !== 'posted') throw new Error(`not posted: ${outcome.is}`);
  return outcome.contentsBefore + 1;
}

it('finds both replies of a turn that the thread has forgotten', async () => {
  const { thread_id: threadId, content_id: inReplyToId } = await doors.customer({
    ...{ source: 'chat', identity: 'ana', body: 'hello' },
  });
  const replies = ['Welcome!', 'It arrives tomorrow.'];
  const ids: string[] = [];
  for (const body of replies) {
    ids.push((await engage().createReply({ inReplyToId, body, isPrivate: true })).id);
  }
  const first = await post({ threadId, inReplyToId, body: replies[0]! }, {});
  const expectedContents = nextExpected(first);
  const second = await post(
    { threadId, inReplyToId, body: replies[1]! },
    { expectedContents, ownContentIds: [ids[0]] },
  );
  expect([first, second]).toMatchObject(ids.map((contentId) => ({ is: 'posted', contentId })));
  expect((await doors.record(threadId)).contents).toHaveLength(3);
});

it('does not reckon with forgotten replies to later contents either', async () => {
  const says = () => doors.customer({ source: 'chat', identity: 'ben', body: 'my parcel?' });
  const body = 'It arrives tomorrow.';
  const older = await says();
  const { id: known } = await engage().createReply({
    ...{ inReplyToId: older.content_id, body, isPrivate: true },
  });
  const newer = await says();
  await engage().createReply({ inReplyToId: newer.content_id, body, isPrivate: true });

  const threadId = older.thread_id;
  const first = await post({ threadId, inReplyToId: older.content_id, body }, {});
  // The customer's newer content, now heard of, was in the count.
  const expectedContents = nextExpected(first);
  const second = await post(
    { threadId, inReplyToId: newer.content_id, body },
    { expectedContents, ownContentIds: [known] },
  );
  expect(second).toMatchObject({ is: 'posted' });
  expect((await doors.record(threadId)).contents).toHaveLength(4);
});
