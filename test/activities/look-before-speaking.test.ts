/** What a reply is posted over and what not, by each content that the platform has and the thread does not know. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFindReply } from '../../activities/find-reply.js';
import { createPostReply } from '../../activities/post-reply.js';
import type { PostReplyInput } from '../../workflows/contract/work.js';
import {
  page,
  startAnsweringPlatform,
  type Answer,
  type Answers,
  type AnsweringPlatform,
} from '../harness/answering-platform.js';
import { attempt } from '../harness/one-attempt.js';

let platform: AnsweringPlatform;
beforeAll(async () => {
  platform = await startAnsweringPlatform();
});
afterAll(() => platform.close());

const time = '2026-01-15T09:30:00Z';
const at = Date.parse(time);
const content = (id: string, more: object = {}) => ({ id, created_at: time, ...more });
const asked = content('asked');
const base: PostReplyInput = {
  ...{ threadId: 't', inReplyToId: 'asked', body: 'Welcome!', isPrivate: true, botUserId: 'bot' },
  ...{ sourceName: 'chat', botName: 'ours', lookSince: at, seenContentIds: ['asked'] },
  ...{ ownContentIds: [], automaticIdentityIds: ['robot'], expectedContents: 1 },
};
const read = 'GET /content_threads/t';
const post = 'POST /contents';
const emergencies = { isInForce: () => Promise.resolve(false) };

async function reply(answers: Answers, more: Partial<PostReplyInput> = {}) {
  platform.answers({ [post]: { body: content('mine') }, ...answers });
  const activity = createPostReply({ ...platform, emergencies, messenger: undefined });
  return attempt(activity, { ...base, ...more });
}
const thread = (count: number | undefined, ...categories: readonly string[]) => ({
  body: { id: 't', contents_count: count, thread_category_ids: categories },
});
const posted = { is: 'posted', contentId: 'mine', createdAt: at };

describe('one unknown content', () => {
  const over = (one: object, ...older: readonly object[]) =>
    reply({ [read]: thread(2), 'GET /contents': page(one, asked, ...older) });
  const ours = { creator_id: 'bot', in_reply_to_id: 'asked' };

  it.each<[string, object, string]>([
    ['of an agent', { creator_id: 'ana' }, 'humanSpoke'],
    ['in the channel’s own app', { status: 'user_reply' }, 'humanSpoke'],
    ['by which a human began there', { status: 'user_initiated' }, 'humanSpoke'],
    ['of the customer', { status: 'new', author_id: 'customer' }, 'posted'],
    ['of an automatic identity', { creator_id: 'x', author_id: 'robot' }, 'posted'],
    [
      'of an agent that writes as another identity',
      { creator_id: 'x', author_id: 'y' },
      'humanSpoke',
    ],
    ['of our user', { creator_id: 'bot' }, 'posted'],
    ['of a bot outside', { foreign_id: 'outside:c-2:b:m-2', status: 'user_reply' }, 'posted'],
    [
      'of an agent to such a bot’s customer',
      { foreign_id: 'x', status: 'user_reply' },
      'humanSpoke',
    ],
  ])('%s', async (_, more, is) => {
    expect((await over(content('new', more))).is).toBe(is);
    expect(platform.calls().includes(post)).toBe(is === 'posted');
  });

  it('of an agent, older than the question but newer than all we know', async () => {
    const human = { creator_id: 'ana', created_at: '2026-01-15T09:30:01Z' };
    expect(await over(content('by-customer'), content('human', human))).toEqual({
      ...{ is: 'humanSpoke', contentId: 'human', createdAt: at + 1_000 },
    });
    const before = { ...human, created_at: time };
    expect((await over(content('by-customer'), content('human', before))).is).toBe('posted');
  });

  it('that is the reply is its outcome; each other one of ours causes another read', async () => {
    const own = content('own', { ...ours, body: ' Welcome! ' });
    const other = content('other', { ...ours, body: 'Hello?' });
    const newest = page(content('more'), other, own, asked);
    expect(await reply({ [read]: thread(4), 'GET /contents': newest })).toEqual({
      ...{ is: 'posted', contentId: 'own', createdAt: at, contentsBefore: 2 },
      looked: ['more', 'other', 'own', 'asked'],
    });
    expect(platform.calls()).not.toContain(post);
  });
});

describe('the thread', () => {
  it('with as many contents as expected is not read further', async () => {
    expect(await reply({ [read]: thread(1) })).toEqual({ ...posted, contentsBefore: 1 });
    expect(platform.calls()).toEqual([read, post]);
  });

  it('of other categories is not ours', async () => {
    const outcome = await reply({ [read]: thread(1, 'agent') }, { botCategoryId: 'ours' });
    expect(outcome).toEqual({ is: 'notOurs', categoryIds: ['agent'] });
    expect(platform.calls()).toEqual([read]);
    expect((await reply({ [read]: thread(1, 'ours') }, { botCategoryId: 'ours' })).is).toBe(
      'posted',
    );
  });

  it.each<[string, Answer, object]>([
    ['that is locked', { body: { id: 't', closed: true } }, { is: 'threadLocked' }],
    ['that we may not read', { status: 403 }, { is: 'deactivated' }],
    ['that there is not', { status: 404 }, { is: 'refused', code: 'Engage.NotFound' }],
    [
      'that is busy',
      { status: 429, headers: { 'retry-after': '7' } },
      { is: 'notSent', code: 'Engage.RateLimited', retryAfter: 7_000 },
    ],
  ])('%s', async (_, answer, outcome) => {
    expect(await reply({ [read]: answer })).toEqual(outcome);
    expect(platform.calls()).toEqual([read]);
  });
});

describe('the post', () => {
  const posting = (status: number) => reply({ [read]: thread(1), [post]: { status } });
  it.each<[number, object]>([
    [400, { is: 'refused', code: 'Engage.InvalidRequest' }],
    [403, { is: 'needsIntervention' }],
    [422, { is: 'needsIntervention' }],
    [503, { is: 'ambiguous', code: 'Engage.PlatformFailed' }],
  ])('answered %i', async (status, outcome) => {
    expect(await posting(status)).toEqual(outcome);
  });

  it('that may be repeated waits between two and four seconds', async () => {
    const outcome = await posting(401);
    expect(outcome).toMatchObject({ is: 'notSent', code: 'Engage.TokenRefused' });
    const { retryAfter } = outcome as { retryAfter: number };
    expect(retryAfter).toBeGreaterThanOrEqual(2_000);
    expect(retryAfter).toBeLessThanOrEqual(4_000);
  });
});

describe('a reply that may have been posted', () => {
  const find = (...newest: readonly object[]) => {
    platform.answers({ 'GET /contents': page(...newest) });
    return attempt(createFindReply(platform), base);
  };
  it('is found by who said what to which content', async () => {
    const mine = content('mine', { creator_id: 'bot', in_reply_to_id: 'asked', body: 'Welcome!' });
    expect(await find(mine, asked)).toEqual({ is: 'found', contentId: 'mine', createdAt: at });
    for (const other of [{ creator_id: 'ana' }, { in_reply_to_id: 'other' }, { body: 'Hello' }])
      expect(await find({ ...mine, ...other }, asked)).toEqual({ is: 'notFound' });
  });
});
