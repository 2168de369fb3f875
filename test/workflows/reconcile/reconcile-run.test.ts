/** Runs of the reconciler one after the other: nothing is left out, and no call is too many. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotAuthorised, PlatformFailed } from '../../../engage/errors.js';
import { FakeAccount } from '../../harness/fake-account.js';
import { ReconcileRuns } from '../../harness/reconcile-runs.js';
import '../../harness/temporal.js';

const minute = 60_000;
const hour = 60 * minute;

/** The account at work, none of its events delivered: so many things, said and done, within this time. */
function outage(
  account: FakeAccount,
  things: number,
  time: number,
  sources: readonly string[] = ['chat'],
): void {
  const start = account.now;
  for (let i = 0; i < things; i += 1) {
    const at = start + Math.floor((i * time) / things);
    const sourceId = sources[i % sources.length] ?? 'chat';
    account.say(`thread-${i}`, at, { sourceId });
    if (i % 3 === 0) account.happen('intervention.closed', `thread-${i}`, at + 1_000);
  }
  account.now = start + time + 10 * minute;
}

const idsOf = (account: FakeAccount) => [
  ...account.contents.map(({ id }) => `content.imported:${id}`),
  ...account.journal.map(({ id }) => id),
];
const receivedIds = (account: FakeAccount) => account.received.map(({ event }) => event.id);

describe('an outage', () => {
  it('is backfilled over several runs, each within its calls, with an exact count', async () => {
    const account = new FakeAccount();
    const runs = new ReconcileRuns(account, { calls: 8 });
    await runs.run();
    outage(account, 3_000, 4 * hour);
    const backfilled = { contents: 0, facts: 0 };
    let count = 0;
    for (let isComplete = false; !isComplete; count += 1) {
      const before = account.calls;
      const report = await runs.run();
      expect(report.calls).toBe(account.calls - before);
      expect(report.calls).toBeLessThanOrEqual(8);
      backfilled.contents += report.backfilled.contents;
      backfilled.facts += report.backfilled.facts;
      ({ isComplete } = report);
    }
    expect(backfilled).toEqual({ contents: 3_000, facts: 1_000 });
    expect(new Set(receivedIds(account))).toEqual(new Set(idsOf(account)));
    expect(count).toBeGreaterThan(2);
  });

  it('whatever its size and the budget, is backfilled in the order in which it happened', async () => {
    const any = fc.record({
      things: fc.integer({ min: 0, max: 900 }),
      time: fc.integer({ min: minute, max: 10 * hour }),
      calls: fc.integer({ min: 5, max: 40 }),
      sources: fc.constantFrom(['chat'], ['chat', 'messages']),
    });
    await fc.assert(
      fc.asyncProperty(any, async ({ things, time, calls, sources }) => {
        const account = new FakeAccount();
        const runs = new ReconcileRuns(account, { calls });
        await runs.run();
        outage(account, things, time, sources);
        for (let i = 0; i < 40 && !(await runs.run()).isComplete; i += 1);
        expect(new Set(receivedIds(account))).toEqual(new Set(idsOf(account)));
        for (const { threadId, event } of account.received) {
          const [first] = account.received.filter((received) => received.threadId === threadId);
          expect(event.issuedAt).toBeGreaterThanOrEqual(first?.event.issuedAt ?? 0);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('longer than threads remember is backfilled as far as they do, and the rest is named', async () => {
    const account = new FakeAccount();
    const runs = new ReconcileRuns(account);
    await runs.run();
    account.say('too-old', account.now + minute);
    account.now += 30 * hour;
    account.say('recent', account.now - hour);
    const report = await runs.run();
    expect(account.received.map(({ threadId }) => threadId)).toEqual(['recent']);
    expect(report.findings.join()).toMatch(/^not looked at: 2026-01-15.* to 2026-01-15T15/);
    expect((await runs.run()).findings).toEqual([]);
  });
});

describe('what a list shows late', () => {
  /** A content that the list shows a minute and a half after it was written. */
  async function late(overlap: number): Promise<readonly string[]> {
    const account = new FakeAccount();
    const runs = new ReconcileRuns(account, { overlap });
    await runs.run();
    account.now += 10 * minute;
    account.say('late', account.now - minute - 1_000, { lag: minute + 30_000 });
    await runs.run();
    account.now += 10 * minute;
    await runs.run();
    return account.received.map(({ threadId }) => threadId);
  }

  it('is found, because a little is always looked at again', async () => {
    expect(await late(2 * minute)).toEqual(['late']);
  });

  it('negative control: who trusts the mark leaves it behind', async () => {
    expect(await late(0)).toEqual([]);
  });
});

describe('the first run', () => {
  it('begins now: what was before Baton is not its business', async () => {
    const account = new FakeAccount();
    for (let i = 0; i < 1_000; i += 1)
      account.say(`old-${i}`, account.now - 20 * hour + i * minute);
    account.say('now', account.now - 2 * minute);
    const report = await new ReconcileRuns(account).run();
    expect(account.received.map(({ threadId }) => threadId)).toEqual(['now']);
    expect(report).toMatchObject({ isComplete: true, findings: [] });
  });

  it('does nothing while nobody knows the account’s id, says so, and forgets nothing', async () => {
    const account = new FakeAccount();
    account.domainId = undefined;
    const runs = new ReconcileRuns(account);
    account.say('early', account.now - 90_000);
    expect((await runs.run()).findings.join()).toContain('domain id is not known');
    account.domainId = 'domain';
    account.now += hour;
    await runs.run();
    expect(account.received.map(({ threadId }) => threadId)).toEqual(['early']);
  });
});

describe('a thread that does not answer', () => {
  it('keeps the others waiting three runs long, is named, and then goes alone', async () => {
    const account = new FakeAccount();
    const runs = new ReconcileRuns(account);
    await runs.run();
    account.deaf.add('deaf');
    account.say('deaf', account.now);
    account.now += 10 * minute;
    for (let i = 0; i < 3; i += 1) {
      const report = await runs.run();
      expect(report).toMatchObject({ isComplete: false, unreached: ['deaf'] });
      expect(report.findings.join()).toContain('deaf');
    }
    expect(await runs.run()).toMatchObject({ isComplete: true });
    account.now += 10 * minute;
    expect(await runs.run()).toMatchObject({ isComplete: true, findings: [] });
  });

  it('is backfilled when it does', async () => {
    const account = new FakeAccount();
    const runs = new ReconcileRuns(account);
    await runs.run();
    account.deaf.add('deaf');
    account.say('deaf', account.now);
    account.say('other', account.now + minute);
    account.now += 10 * minute;
    expect(await runs.run()).toMatchObject({ backfilled: { threads: 1 } });
    account.deaf.clear();
    const report = await runs.run();
    expect(report).toMatchObject({ isComplete: true, backfilled: { threads: 1, contents: 1 } });
  });
});

describe('the platform in trouble', () => {
  const failed = () => new PlatformFailed({ call: 'GET /contents', status: 503 });

  it('costs a call; the run goes on', async () => {
    const account = new FakeAccount();
    const runs = new ReconcileRuns(account);
    account.trouble = failed();
    const report = await runs.run();
    expect(report).toMatchObject({ isComplete: true, calls: 5 });
    expect(report.trouble).toBeUndefined();
  });

  it('for too long ends the run, and the next one begins where it began', async () => {
    const account = new FakeAccount();
    const runs = new ReconcileRuns(account);
    await runs.run();
    account.say('waiting', account.now);
    account.now += 10 * minute;
    Object.defineProperty(account, 'trouble', { get: failed, set: () => undefined });
    const report = await runs.run();
    expect(report).toMatchObject({ isComplete: false, trouble: 'Engage.PlatformFailed', calls: 3 });
    Object.defineProperty(account, 'trouble', { value: undefined, writable: true });
    expect(await runs.run()).toMatchObject({ isComplete: true, backfilled: { contents: 1 } });
  });

  it('a journal the token may not search: interventions are looked at instead', async () => {
    const account = new FakeAccount();
    const closed = { id: 'i', thread_id: 't', user_id: 'agent', source_id: 'chat', closed: true };
    const changed = account.now - minute;
    account.interventions.push({ ...closed, created_at: changed, updated_at: changed });
    account.phases.set('t', 'agent');
    account.listJournal = () => {
      account.calls += 1;
      return Promise.reject(new NotAuthorised({ call: 'GET /events', status: 403 }));
    };
    const report = await new ReconcileRuns(account).run();
    expect(report).toMatchObject({ isComplete: true, journal: 'unreadable', findings: [] });
    expect(account.received).toMatchObject([
      { threadId: 't', event: { type: 'intervention.closed', interventionId: 'i' } },
    ]);
  });
});
