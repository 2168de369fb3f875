/** One scan and one look at interventions: what each says of the account, and of what it did not reach. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Budget } from '../../activities/reconcile/budget.js';
import type { ThreadPeek, ThreadsToBackfill } from '../../activities/reconcile/ports.js';
import { beginReading, furthestBehind, horizonOf } from '../../activities/reconcile/reading.js';
import { createScan } from '../../activities/reconcile/scan.js';
import { contradiction, createSettleDoubts } from '../../activities/reconcile/settle-doubts.js';
import { createSurveyAccount } from '../../activities/reconcile/survey-account.js';
import { NotAuthorised, NotFound, PlatformFailed } from '../../engage/errors.js';
import { listedInterventionSchema } from '../../engage/resources.js';
import type { ScanInput, SettleDoubtsInput } from '../../workflows/contract/reconcile.js';
import { FakeAccount } from '../harness/fake-account.js';
import { attempt } from '../harness/one-attempt.js';

const second = 1_000;
const minute = 60 * second;
const until = Date.parse('2026-01-15T09:00:00Z');
const from = until - 10 * minute;
const mark = { at: from, offset: 0, overlapOffset: 0 };
const input: ScanInput = {
  ...{ domainId: 'd', sourceIds: ['chat'], botUserId: 'bot', until, overlap: 2 * minute },
  ...{ marks: { journal: mark, sources: { chat: mark } }, calls: 10, pace: 0, givenUp: [] },
};
const call = 'GET /x';
let account: FakeAccount;
beforeEach(() => {
  account = new FakeAccount();
  account.now = until + minute;
});
const ports = () => ({ engage: account, threadsToBackfill: account });
const scan = (more: Partial<ScanInput> = {}) => attempt(createScan(ports()), { ...input, ...more });

describe('a scan', () => {
  it('says how far it has read, what it has found, and in how many calls', async () => {
    account.say('a', from + minute);
    account.happen('intervention.opened', 'a', from + minute);
    account.say('b', from + 2 * minute);
    account.say('later', until);
    expect(await scan()).toEqual({
      backfilled: { threadIds: ['a', 'b'], contents: 2, facts: 1 },
      lookedAt: { contents: 2, events: 1 },
      calls: 2,
      marks: {
        journal: { at: until, offset: 0, overlapOffset: 0 },
        sources: { chat: { at: until, offset: 2, overlapOffset: 2 } },
      },
      ...{ isComplete: true, isJournalReadable: true, doubtsSince: undefined },
      ...{ unreached: [], unreadable: 0 },
    });
  });

  it('with too few calls says so, and hands over what all lists have reached', async () => {
    account.say('a', from + minute);
    const outcome = await scan({ calls: 1 });
    expect(outcome).toMatchObject({ calls: 1, isComplete: false, backfilled: { threadIds: [] } });
    expect(outcome.marks.sources['chat']?.at).toBe(from);
  });

  it('counts what it cannot understand', async () => {
    account.say('a', from + minute);
    account.contents.push(undefined as never);
    const lists = {
      ...{ listJournal: account.listJournal.bind(account) },
      ...{ listChangedInterventions: account.listChangedInterventions.bind(account) },
      ...{ listWebhooks: account.listWebhooks.bind(account) },
      listContents: () =>
        Promise.resolve({ count: 2, records: [account.contents[0], undefined], answeredAt: 0 }),
    };
    const activity = createScan({ engage: lists, threadsToBackfill: account });
    expect(await attempt(activity, input)).toMatchObject({ unreadable: 1, isComplete: true });
  });

  it('is held back by a thread that it does not reach, until that is given up', async () => {
    account.say('deaf', from + minute);
    account.say('b', from + 2 * minute);
    account.deaf.add('deaf');
    const held = await scan();
    expect(held).toMatchObject({ unreached: ['deaf'], backfilled: { threadIds: ['b'] } });
    expect(held.marks.sources['chat']?.at).toBe(from + minute);
    expect((await scan({ givenUp: ['deaf'] })).marks.sources['chat']?.at).toBe(until);
  });

  it('doubts what a human does from the first news of their thread', async () => {
    account.say('b', from + minute);
    account.say('a', from + 2 * minute);
    account.phases.set('a', 'agent').set('b', 'bot');
    expect((await scan()).doubtsSince).toBe(from + 2 * minute);
    expect((await scan()).doubtsSince).toBeUndefined();
  });

  it('without the right to the journal reads the contents, and doubts all since', async () => {
    account.say('a', from + minute);
    account.trouble = new NotAuthorised({ call });
    const outcome = await scan();
    expect(outcome).toMatchObject({
      ...{ isJournalReadable: false, isComplete: true, doubtsSince: from, calls: 2 },
      backfilled: { threadIds: ['a'] },
    });
  });

  it('keeps what it has when the platform fails', async () => {
    account.trouble = new PlatformFailed({ call });
    expect(await scan()).toMatchObject({
      ...{ calls: 1, isComplete: false },
      trouble: { code: 'Engage.PlatformFailed', retryAfter: 5_000 },
    });
  });

  it('hands a thread’s events over under a key that is theirs in every attempt', async () => {
    const given: Parameters<ThreadsToBackfill['backfill']>[0][] = [];
    vi.spyOn(account, 'backfill').mockImplementation((facts) => {
      given.push(facts);
      return Promise.resolve({ fresh: 0, contents: 0 });
    });
    account.say('a', from + minute);
    await scan();
    await scan();
    account.say('a', from + 2 * minute);
    await scan();
    const [first, again, more] = given.map(({ key }) => key);
    expect(again).toBe(first);
    expect(more).not.toBe(first);
    expect(given[0]).toMatchObject({ domainId: 'd', threadId: 'a', sourceId: 'chat' });
  });
});

describe('the lists', () => {
  it('of a source without a mark begin now', () => {
    const reading = beginReading({ ...input, marks: { ...input.marks, sources: {} } });
    expect(furthestBehind(reading)).toBe('journal');
    expect(furthestBehind({ ...reading, journal: undefined })).toBeUndefined();
  });

  it('are read from the one furthest behind, and the last of them is how far all are', () => {
    const at = (journal: number, chat: number) =>
      beginReading({
        ...input,
        marks: { journal: { ...mark, at: journal }, sources: { chat: { ...mark, at: chat } } },
      });
    expect(furthestBehind(at(from, from + 1))).toBe('journal');
    expect(furthestBehind(at(from + 1, from))).toEqual({ sourceId: 'chat' });
    expect(horizonOf(at(from, from + 1))).toBe(from);
    expect(horizonOf(at(from + 1, from))).toBe(from);
    expect(horizonOf({ ...at(from, from + 1), journal: undefined })).toBe(from + 1);
  });
});

describe('doubts', () => {
  const doubts: SettleDoubtsInput = {
    ...{ domainId: 'd', sourceIds: ['chat'], botUserId: 'bot', since: from, calls: 5, pace: 0 },
  };
  const intervention = (threadId: string, more: object = {}) =>
    listedInterventionSchema.parse({
      ...{ id: `of-${threadId}`, thread_id: threadId, source_id: 'chat', user_id: 'ana' },
      ...{ created_at: new Date(from).toISOString(), updated_at: new Date(until).toISOString() },
      ...more,
    });
  const settle = (more: Partial<SettleDoubtsInput> = {}) =>
    attempt(createSettleDoubts(ports()), { ...doubts, ...more });
  const received = () =>
    account.received.map(({ threadId, event: { type } }) => `${threadId} ${type}`);

  it('tell only threads that know otherwise, of our sources, by their newest intervention', async () => {
    for (const id of ['a', 'b', 'c', 'd']) account.phases.set(id, 'agent');
    account.interventions.push(
      ...[intervention('a', { closed: true }), intervention('a', { closed: false })],
      ...[intervention('b'), intervention('c', { closed: true, source_id: 'other' })],
      intervention('d', { closed: true, source_id: null }),
      ...[intervention('nowhere', { closed: true, thread_id: null })],
      intervention('unknown', { closed: true }),
    );
    expect(await settle()).toEqual({
      ...{ backfilled: { threadIds: ['a', 'd'], contents: 0, facts: 2 }, calls: 1 },
      isSettled: true,
    });
    expect(received()).toEqual(['a intervention.closed', 'd intervention.closed']);
  });

  it('are settled at the list’s end, or before the time that is in doubt', async () => {
    const many = (count: number, more: object = {}) =>
      Array.from({ length: count }, (_, i) => intervention(`t${i}`, more));
    account.interventions.push(...many(200));
    expect(await settle()).toMatchObject({ calls: 2, isSettled: true });
    expect(await settle({ calls: 1 })).toMatchObject({ calls: 1, isSettled: false });
    const before = new Date(from - second).toISOString();
    account.interventions.splice(100, 1, intervention('old', { updated_at: before }));
    expect(await settle()).toMatchObject({ calls: 1, isSettled: true });
    account.interventions.splice(0, 200, ...many(150));
    expect(await settle()).toMatchObject({ calls: 1, isSettled: true });
  });

  it('stay where a thread is not reached, or the platform fails', async () => {
    account.phases.set('a', 'agent');
    account.deaf.add('a');
    account.interventions.push(intervention('a', { closed: true }));
    expect(await settle()).toMatchObject({ isSettled: false });
    account.trouble = new PlatformFailed({ call });
    expect(await settle()).toEqual({
      ...{ backfilled: { threadIds: [], contents: 0, facts: 0 }, calls: 1, isSettled: false },
      trouble: { code: 'Engage.PlatformFailed', retryAfter: 5_000 },
    });
  });

  const closed = { type: 'intervention.closed', id: `closed:of-a:${until}`, ownerId: 'ana' };
  const opened = { type: 'intervention.opened', id: 'opened:of-a', userId: 'ana', ownerId: 'ana' };
  const ended = { ...closed, issuedAt: until + 2 * second, interventionId: 'of-a' };
  const begun = { ...opened, issuedAt: from, isRounded: true, interventionId: 'of-a' };
  it.each<[string, ThreadPeek['phase'], object, object | undefined]>([
    ['closed, the human has it', 'agent', { closed: true }, ended],
    ['closed, the bot has it', 'bot', { closed: true }, undefined],
    ['open, the human has it', 'agent', {}, undefined],
    ['open, the bot has it', 'bot', {}, begun],
    ['open, it waits for a human', 'handover', {}, begun],
    ['open, it is over', 'closed', {}, undefined],
    ['open and the bot’s', 'bot', { user_id: 'bot' }, undefined],
    ['open and nobody’s', 'bot', { user_id: null }, undefined],
    ['open since before', 'bot', { created_at: new Date(from - second).toISOString() }, undefined],
    [
      'closed by nobody, at no known time but its beginning',
      'agent',
      { closed: true, user_id: null, updated_at: null },
      {
        ...{ type: 'intervention.closed', id: `closed:of-a:${from}`, interventionId: 'of-a' },
        issuedAt: from + 2 * second,
      },
    ],
  ])('an intervention %s', (_, phase, more, event) => {
    const seen = { phase, isSettling: false };
    expect(contradiction(intervention('a', more), seen, doubts)).toEqual(event);
    const settling = contradiction(intervention('a', more), { ...seen, isSettling: true }, doubts);
    expect(settling).toEqual(phase === 'agent' ? undefined : event);
  });
});

describe('a survey', () => {
  const survey = (domainId?: string) =>
    attempt(createSurveyAccount(ports()), domainId === undefined ? {} : { domainId });

  it('brings the platform’s time, the webhooks and the account’s id', async () => {
    const { records } = await account.listWebhooks();
    const [webhook] = records;
    const seen = { isActive: true, status: 'enabled', url: webhook?.url };
    const webhooks = [{ ...seen, registeredEvents: webhook?.registered_events }];
    expect(await survey()).toEqual({ at: account.now, webhooks, domainId: 'domain' });
    expect(await survey('known')).toMatchObject({ domainId: 'known' });
  });
  it.each([
    new NotAuthorised({ call, answeredAt: until }),
    new NotFound({ call, answeredAt: until }),
  ])('without the right to see webhooks says so: %s', async (error) => {
    account.trouble = error;
    expect(await survey()).toEqual({ at: until, webhooks: 'unreadable', domainId: 'domain' });
  });
  it('that fails says how', async () => {
    account.trouble = new PlatformFailed({ call });
    expect(await survey()).toEqual({ code: 'Engage.PlatformFailed', retryAfter: 5_000 });
  });
});

describe('a budget', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function callsAt(pace: number) {
    const began = Date.now();
    const at: number[] = [];
    const spending = attempt(
      async (budget: Budget) => {
        while (budget.isLeft) {
          await budget.spend(() => Promise.resolve(at.push(Date.now() - began)));
        }
      },
      new Budget(3, pace),
    );
    await vi.advanceTimersByTimeAsync(minute);
    await spending;
    return at;
  }
  it('of three calls a second apart makes three', async () => {
    expect(await callsAt(second)).toEqual([0, second, 2 * second]);
  });
  it('without a pace makes them at once', async () => {
    expect(await callsAt(0)).toEqual([0, 0, 0]);
  });
});
