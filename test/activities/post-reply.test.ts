/**
 * What is not posted: a reply that is late, whatever an emergency silences, and anything over a human's words.
 * Against a real platform over HTTP.
 */
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPostReply } from '../../activities/post-reply.js';
import { createEngageClient } from '../../engage/client.js';
import { connectControl } from '../../simulator/control-client.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import {
  emergencyFailure,
  type PostReplyInput,
  type PostReplyOutcome,
} from '../../workflows/contract/work.js';
import { secrets } from '../harness/world.js';

let simulator: Simulator;
let people = 0;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, accessToken: secrets.ENGAGE_TOKEN });
});
afterAll(() => simulator.stop());

type Given = Partial<PostReplyInput> & {
  readonly isInForce?: boolean;
  readonly humanSpeaks?: boolean;
  /** The human's reply waits for approval. */
  readonly waits?: boolean;
};

/** Outcome of a post, or the type of its failure; and how many contents the thread then has. */
async function post({ isInForce = false, humanSpeaks = false, waits = false, ...given }: Given) {
  const control = connectControl(simulator.url);
  const identity = `ana-${(people += 1)}`;
  const cast = await control.customer({ source: 'chat', identity, body: 'hello' });
  if (humanSpeaks) {
    await control.agent({
      ...{ thread: cast.thread_id, agent: 'agent-1', do: 'reply', body: 'Good morning.' },
      needs_approval: waits,
    });
  }
  const postReply = createPostReply({
    engage: createEngageClient({
      ...{ url: simulator.url, token: secrets.ENGAGE_TOKEN, timeout: 60_000 },
    }),
    emergencies: { isInForce: () => Promise.resolve(isInForce) },
    messenger: undefined,
  });
  const input: PostReplyInput = {
    ...{ threadId: cast.thread_id, inReplyToId: cast.content_id, body: 'Welcome!' },
    ...{ isPrivate: true, botUserId: 'bot', sourceName: 'chat', botName: 'ours', lookSince: 0 },
    ...{ seenContentIds: [], ownContentIds: [], automaticIdentityIds: [], expectedContents: 1 },
    ...given,
  };
  const attempt = new MockActivityEnvironment({ startToCloseTimeoutMs: 60_000 });
  const outcome: Promise<PostReplyOutcome> = attempt.run(postReply, input);
  const is = await outcome.then(
    (one) => ('waitsForApproval' in one ? `${one.is}, and it waits for approval` : one.is),
    (error: unknown) => (error as { type?: string }).type,
  );
  const { contents } = await control.record(cast.thread_id);
  return [is, contents.length];
}

it.each<[string, Given, string, number]>([
  ['a reply', {}, 'posted', 2],
  ['a late reply is reported', { isLate: true }, 'late', 1],
  ['a late reply over a human', { isLate: true, humanSpeaks: true }, 'humanSpoke', 2],
  [
    'a reply over a human whose words wait for approval',
    { humanSpeaks: true, waits: true },
    'humanSpoke, and it waits for approval',
    2,
  ],
  ['a reply in an emergency', { isInForce: true }, emergencyFailure, 1],
  ['the text about it', { isInForce: true, isEmergencyNotice: true }, 'posted', 2],
  [
    'the text about it over a human',
    { isInForce: true, isEmergencyNotice: true, humanSpeaks: true },
    'humanSpoke',
    2,
  ],
])('%s', async (_, given, is, contents) => {
  expect(await post(given)).toEqual([is, contents]);
});
