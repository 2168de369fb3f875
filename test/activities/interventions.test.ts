/** Opening interventions, locking and reading threads: what each answer of the platform means. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLockThread } from '../../activities/lock-thread.js';
import { createOpenIntervention } from '../../activities/open-intervention.js';
import { createReadContents } from '../../activities/read-contents.js';
import { createRecategorise } from '../../activities/recategorise.js';
import {
  page,
  startAnsweringPlatform,
  type Answer,
  type Answers,
  type AnsweringPlatform,
} from '../harness/answering-platform.js';
import { attempt, failureOf, type SeenFailure } from '../harness/one-attempt.js';

let platform: AnsweringPlatform;
beforeAll(async () => {
  platform = await startAnsweringPlatform();
});
afterAll(() => platform.close());

describe('opening an intervention', () => {
  const open = (answers: Answers, more: { asVirtualAgent?: true } = {}) => {
    platform.answers(answers);
    const input = { threadId: 't', contentId: 'c', ...more };
    return attempt(createOpenIntervention(platform), input);
  };
  const opened = (answer: Answer, ...there: readonly object[]) =>
    open({ 'POST /interventions': answer, 'GET /interventions': page(...there) });

  it.each<[string, Answer, readonly object[], object]>([
    [
      'with its owner',
      { body: { id: 'i', user_id: 'bot' } },
      [],
      { is: 'opened', interventionId: 'i', ownerId: 'bot' },
    ],
    ['of nobody', { body: { id: 'i' } }, [], { is: 'opened', interventionId: 'i' }],
    [
      'where a human has one',
      { status: 422 },
      [{ id: 'j', user_id: 'ana' }, { id: 'older' }],
      { is: 'alreadyOpen', interventionId: 'j', ownerId: 'ana' },
    ],
    [
      'where one is nobody’s',
      { status: 403 },
      [{ id: 'j' }],
      { is: 'alreadyOpen', interventionId: 'j' },
    ],
    ['that may not be', { status: 403 }, [], { is: 'refused', code: 'Engage.NotAuthorised' }],
    ['that cannot be', { status: 422 }, [], { is: 'refused', code: 'Engage.Unprocessable' }],
  ])('%s', async (_, answer, there, outcome) => {
    expect(await opened(answer, ...there)).toStrictEqual(outcome);
  });

  it('as a virtual agent is a call of its own', async () => {
    const body = { id: 'i', user_id: 'bot' };
    await open({ 'POST /bots/engage': { body } }, { asVirtualAgent: true });
    expect(platform.calls()).toEqual(['POST /bots/engage']);
  });

  it.each<[number, Record<string, string>, SeenFailure]>([
    [503, {}, { type: 'Engage.PlatformFailed', isFinal: false }],
    [404, {}, { type: 'Engage.NotFound', isFinal: true }],
    [409, {}, { type: 'Engage.Conflict', isFinal: false, retryAfter: 2_000 }],
    [
      ...([429, { 'retry-after': '7' }] as const),
      { type: 'Engage.RateLimited', isFinal: false, retryAfter: 7_000 },
    ],
  ])('answered %i is a failure', async (status, headers, failure) => {
    expect(await failureOf(opened({ status, headers }))).toStrictEqual(failure);
  });
});

describe('locking a thread', () => {
  const lock = (answers: Answers) => {
    platform.answers(answers);
    return attempt(createLockThread(platform), { threadId: 't' });
  };
  const [read, write] = ['GET /content_threads/t', 'PUT /content_threads/t/close'] as const;

  it('leaves a locked one as it is', async () => {
    const outcome = await lock({ [read]: { body: { id: 't', closed: true } } });
    expect([outcome, platform.calls()]).toEqual([{ is: 'done' }, [read]]);
  });
  it('locks an open one', async () => {
    const body = { id: 't' };
    expect(await lock({ [read]: { body }, [write]: { body } })).toEqual({ is: 'done' });
    expect(platform.calls()).toEqual([read, write]);
  });
  it('that may not be locked is refused', async () => {
    const answers = { [read]: { body: { id: 't' } }, [write]: { status: 403 } };
    expect(await lock(answers)).toEqual({ is: 'refused', code: 'Engage.NotAuthorised' });
  });
});

describe('reading a thread', () => {
  const content = (id: string, body: string, payload?: string) => ({
    ...{ id, thread_id: 't', source_id: 's', body, created_at: '2026-01-15T09:30:00Z' },
    structured_reply: { payload },
  });
  const read = (...newestFirst: readonly object[]) => {
    const thread = { id: 't', closed: true, thread_category_ids: ['bot'] };
    platform.answers({
      'GET /content_threads/t': { body: thread },
      'GET /contents': page(...newestFirst),
    });
    return attempt(createReadContents(platform), { threadId: 't', botUserId: 'bot' });
  };
  const long = 'x'.repeat(20_000);
  const newest = Array.from({ length: 9 }, (_, i) => content(`c${i}`, long));

  it('brings its categories, its lock, and its contents, oldest first', async () => {
    const { events, ...rest } = await read(content('b', 'two'), content('a', 'one'));
    expect(rest).toEqual({ categoryIds: ['bot'], isLocked: true });
    expect(events.map(({ content: { id } }) => id)).toEqual(['a', 'b']);
  });

  it.each([
    [20_000, 0, 10],
    [19_999, 1, 10],
    [20_000, 1, 9],
  ])('with %i characters and %i of a payload at its bound', async (body, payload, kept) => {
    const last = content('last', 'x'.repeat(body), 'y'.repeat(payload) || undefined);
    const { events } = await read(...newest, last);
    expect(events).toHaveLength(kept);
  });
});

it('a virtual agent’s handover sets the whole set, and says which way it goes', async () => {
  platform.answers({
    'GET /content_threads/t': { body: { id: 't', thread_category_ids: ['bot', 'billing'] } },
    'POST /bots/handover': { body: { status: 'ok' } },
  });
  const asVirtualAgent = {
    from: 'bot',
    to: 'agent',
    interventionId: 'i',
    trigger: 'asked',
  } as const;
  const input = { threadId: 't', out: ['bot'], in: 'agent', asVirtualAgent };
  expect(await attempt(createRecategorise(platform), input)).toEqual({
    categoryIds: ['billing', 'agent'],
  });
  expect(platform.lastWritten()).toEqual({
    ...{ type: 'engage_virtual_agent', from: 'bot', to: 'agent', trigger: 'asked' },
    ...{ intervention_id: 'i', 'thread_category_ids[]': 'billing,agent' },
  });
});
