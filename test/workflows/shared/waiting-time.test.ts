/** Where a waiting customer stands: reckoned by tables, told by the rules, asked for by a thread. */
import { describe, expect, it } from 'vitest';
import { describeThread } from '../../../workflows/thread/planning/card.js';
import { sendQueuePosition } from '../../../workflows/policies/send-queue-position.js';
import {
  estimate,
  formatQueuePosition,
  minutesOf,
  type QueuePosition,
} from '../../../workflows/shared/waiting-time.js';
import type { SourceSettings } from '../../../workflows/contract/source-settings.js';
import { queueMoved } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';
import { testSettings } from '../../harness/thread-settings.js';

const minute = 60_000;
const queue = {
  tellEvery: 2 * minute,
  say: 'You are number {position}, {wait} min.',
  sayWithoutWait: 'You are number {position}.',
};
const place = (given: Partial<QueuePosition>): QueuePosition => ({
  position: 3,
  isEstimate: true,
  at: 0,
  ...given,
});

describe('an estimate', () => {
  it.each([
    ['nobody is ahead, nobody knows how long', 0, [], 0, { position: 1 }],
    ['as long as others waited', 2, [10], 0, { position: 3, waitMs: 10 * minute }],
    ['the median of others', 2, [1, 50, 10], 0, { position: 3, waitMs: 10 * minute }],
    ['between two in the middle', 2, [1, 4, 6, 50], 0, { position: 3, waitMs: 5 * minute }],
    ['less what was waited already', 1, [10], 4, { position: 2, waitMs: 6 * minute }],
    ['no time for who has waited longer than all', 1, [10], 10, { position: 2 }],
    ['no time, and never less than none', 1, [10], 60, { position: 2 }],
  ])('%s', (_, ahead, waits, waited, wanted) => {
    const line = { ahead, waits: waits.map((one) => one * minute) };
    expect(estimate(line, waited * minute, 7)).toEqual({ ...wanted, isEstimate: true, at: 7 });
  });

  it.each([
    [1, 1],
    [60_000, 1],
    [60_001, 2],
    [300_000, 5],
  ])('%i ms are %i minutes', (waitMs, minutes) => {
    expect(minutesOf(waitMs)).toBe(minutes);
  });

  it('is marked where it is told', () => {
    const waitMs = 5 * minute;
    expect(formatQueuePosition(queue.say, place({ waitMs }))).toBe('You are number 3, ~5 min.');
    expect(formatQueuePosition(queue.say, place({ waitMs, isEstimate: false }))).toBe(
      'You are number 3, 5 min.',
    );
  });
});

describe('send-queue-position', () => {
  const settings: SourceSettings = { ...testSettings, queue };
  const sent = place({ waitMs: 5 * minute });
  it.each([
    ['with the time', { waitMs: 5 * minute }, undefined, 'You are number 3, ~5 min.'],
    ['without, where nobody knows', {}, undefined, 'You are number 3.'],
    [
      'when the position has changed',
      { position: 2, waitMs: 5 * minute },
      sent,
      'You are number 2, ~5 min.',
    ],
    ['when the time has changed', { waitMs: 3 * minute }, sent, 'You are number 3, ~3 min.'],
    ['not for seconds', { waitMs: 5 * minute - 1_000 }, sent, undefined],
    ['not when nothing has', { waitMs: 5 * minute, at: 99 }, sent, undefined],
  ])('%s', (_, now, before, say) => {
    const moment = {
      at: 'queuePositionKnown',
      queuePosition: place(now),
      lastSent: before,
    } as const;
    const decision = sendQueuePosition(moment, settings);
    expect(decision).toEqual(say === undefined ? undefined : { do: 'tell', say });
  });

  it('passes where the business has no words, and at any other moment', () => {
    const moment = {
      at: 'queuePositionKnown',
      queuePosition: place({}),
      lastSent: undefined,
    } as const;
    expect(sendQueuePosition(moment, testSettings)).toBeUndefined();
    expect(sendQueuePosition({ at: 'inclusionPassed' }, settings)).toBeUndefined();
  });
});

const policies = ['hand-over-when-asked', 'cancel-handover-on-request', 'send-queue-position'];
const handover = { replies: [], handOver: { because: 'customerAsked' as const } };

function waiting(settings: Partial<SourceSettings> = { queue }): PlayedRun {
  let turns = 0;
  const answer = () => ((turns += 1) === 1 ? handover : { replies: [{ body: 'ANSWER' }] });
  const run = new PlayedRun({ policies, cancelWords: ['cancel'], ...settings }, { answer });
  run.says('a person');
  expect(run.state.ownership.phase).toBe('handover');
  return run;
}

describe('a thread that waits', () => {
  it('asks at once, and tells after the handover', () => {
    expect(waiting().posts()).toEqual(['HANDOVER', 'You are number 3, ~10 min.']);
  });

  it('asks nobody and says nothing without the setting', () => {
    const run = waiting({});
    run.handleEvent(queueMoved({ id: 'q', at: run.at, position: 2 })).pass(60 * minute);
    expect([run.count('findQueuePosition'), run.posts()]).toEqual([0, ['HANDOVER']]);
    expect(describeThread(run.state).queuePosition).toMatchObject({
      position: 2,
      isEstimate: false,
    });
  });

  it('tells no more often than configured', () => {
    const run = waiting();
    run.pass(2 * minute - 2);
    expect(run.count('findQueuePosition')).toBe(1);
    run.pass(3);
    expect(run.posts().at(-1)).toBe('You are number 3, ~8 min.');
    run.pass(60 * minute);
    const looks = run.count('findQueuePosition');
    // Where nothing is new to say, the looks become rare.
    expect(looks).toBeLessThanOrEqual(11);
    expect(run.posts().at(-1)).toBe('You are number 3.');
  });

  it('believes the platform also where it reports during a look', () => {
    const run = waiting().wait(2 * minute);
    expect(run.doing()).toBe('findQueuePosition');
    run.handleEvent(queueMoved({ id: 'q', at: run.at, position: 7 }));
    run.end('findQueuePosition', { ahead: 1, waits: [] }).settle();
    expect(run.posts().at(-1)).toBe('You are number 7.');
  });

  it('believes the platform, and then asks nobody', () => {
    const run = waiting();
    run.handleEvent(queueMoved({ id: 'q', at: run.at, position: 2, waitMs: 4 * minute })).settle();
    expect(run.posts()).toHaveLength(2);
    run.pass(2 * minute);
    expect(run.posts().at(-1)).toBe('You are number 2, 4 min.');
    expect(run.count('findQueuePosition')).toBe(1);
  });

  it('dates nothing of the platform’s by our clock', () => {
    const run = waiting();
    const {
      inbox: { newestIssuedAt },
    } = run.state;
    run.handleEvent(queueMoved({ id: 'q', at: run.at + 60 * minute, position: 2 }));
    expect(run.state.inbox.newestIssuedAt).toBe(newestIssuedAt);
  });

  it('is told nothing in an emergency', () => {
    const run = new PlayedRun({ policies, queue });
    run.says('hello');
    run.commands({ do: 'moveToHumans', by: 'olga', why: 'test' }).pass(10 * minute);
    expect(run.count('findQueuePosition')).toBe(0);
  });

  it('stops when a human comes, and knows how long the customer waited', () => {
    const run = waiting().pass(5 * minute);
    run.agentSays();
    const looks = run.count('findQueuePosition');
    run.pass(60 * minute);
    expect(run.count('findQueuePosition')).toBe(looks);
    expect(run.state.human.waited).toBeGreaterThan(5 * minute);
  });

  it('tells the bot where the customer stood, when it has the thread again', () => {
    const run = waiting();
    run.says('cancel');
    run.says('hello again');
    expect(run.asked.map((turn) => turn.queue?.position)).toEqual([undefined, 3]);
    expect(run.asked.at(-1)?.queue).toMatchObject({ isEstimate: true });
  });

  it('goes on when nobody can say', () => {
    const run = new PlayedRun({ policies, queue }, { answer: () => handover });
    run.writes('a person');
    run.wait(1_000);
    for (;;) {
      const { inFlight: work } = run.state.outbox;
      if (!work || work.do === 'findQueuePosition') break;
      const done = { ...posted(run), categoryIds: [] };
      run.end(work.do, work.do === 'askBot' ? handover : done);
    }
    run.end('findQueuePosition', { failed: 'Timeout' });
    expect(run.state.report.log.at(-1)).toMatchObject({ code: 'queuePositionUnknown' });
    expect(run.posts()).toEqual(['HANDOVER']);
    run.wait(4 * minute);
    expect(run.doing()).toBe('findQueuePosition');
  });
});

function posted(run: PlayedRun) {
  const is = 'posted' as const;
  return { is, contentId: `ours-${run.now}`, createdAt: run.now, contentsBefore: 1 };
}
