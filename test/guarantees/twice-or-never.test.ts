/**
 * Nothing twice, nothing never, played on the pure core; each check also runs with something naive, which
 * must fail it. The rows of `docs/guarantees.md`, "Twice, or never".
 */
import { describe, expect, it } from 'vitest';
import type { ThreadState } from '../../workflows/thread/state/state.js';
import type { SourceSettings } from '../../workflows/contract/source-settings.js';
import { agentReplied, customerWrote, interventionEvent } from '../harness/facts.js';
import { PlayedRun, type Spoil } from '../harness/played-core.js';
import {
  forgetful,
  recordsOnlyItself,
  withoutIssueTime,
  withoutLooking,
} from '../negative-controls/spoilt-core.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const spoilt = (spoil?: Spoil) => (spoil ? { spoil } : {});

describe('a content that comes again', () => {
  /** Once, at once again, three hours later, and in the run after. */
  function answered(spoil?: Spoil): number {
    const run = new PlayedRun({}, spoilt(spoil));
    const content = customerWrote({ id: '1', at: 0 });
    for (const later of [0, 20 * second, 3 * hour]) {
      run
        .pass(later)
        .handleEvent(content)
        .pass(2 * second);
      run.state = JSON.parse(JSON.stringify(run.state)) as ThreadState;
    }
    return run.asked.length;
  }

  it('has one turn, over hours and runs', () => {
    expect(answered()).toBe(1);
  });
  it('negative control: one that remembers nothing answers each time', () => {
    expect(answered(forgetful)).toBe(3);
  });
});

describe('a reply whose answer was lost', () => {
  function posts(spoil?: Spoil): number {
    const run = new PlayedRun({}, spoilt(spoil));
    run.handleEvent(customerWrote({ id: '1', at: 0 })).wait(second);
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    run.end('postReply', { is: 'ambiguous', code: 'Engage.NoAnswer' }).wait(5 * second);
    if (run.doing() === 'findReply') {
      run.end('findReply', { is: 'found', contentId: 'ours', createdAt: run.now });
    }
    run.settle().pass(minute);
    return run.posts().length;
  }

  it('is found where it is, and said once', () => {
    expect(posts()).toBe(1);
  });
  it('negative control: one that does not look says it twice', () => {
    expect(posts(withoutLooking)).toBe(2);
  });
});

describe('the record of a conversation', () => {
  /** Whose words are in it after a whole life, late and disordered at that. */
  function record(spoil?: Spoil): readonly string[] {
    const run = new PlayedRun({}, spoilt(spoil));
    run.says('one');
    run.says('a human please');
    run.says('two, while nobody is there');
    run.agentSays('three');
    run.says('four, to the human');
    const late = agentReplied({ id: 'late', at: run.at - 500, body: 'three and a half' });
    run.pass(minute).handleEvent(late).settle();
    run.agentCloses().pass(10 * minute);
    run.says('five, after the end');
    return run.state.conversation.record.filter(({ by }) => by !== 'bot').map(({ body }) => body);
  }
  const all = [
    'one',
    'a human please',
    'two, while nobody is there',
    'three',
    'four, to the human',
    'three and a half',
    'five, after the end',
  ];

  it('is complete and in order, whichever phase they fell in', () => {
    expect(record()).toEqual(all);
  });
  it('negative control: one that keeps none while a human has the thread has forgotten the human', () => {
    expect(record(recordsOnlyItself)).not.toContain('three');
  });
});

describe('a burst', () => {
  /** Five contents within two seconds. */
  function burst(settings: Partial<SourceSettings> = {}) {
    const run = new PlayedRun(settings);
    const ids = [0, 1, 2, 3, 4].map((i) => {
      if (i > 0) run.pass(500);
      return run.writes(`part ${i}`);
    });
    run.pass(10 * second);
    return { ids, asked: run.asked.map((turn) => turn.burst.map(({ id }) => id)), run };
  }

  it('of five in two seconds has one answer, which has seen all', () => {
    const { ids, asked, run } = burst();
    expect(asked).toEqual([ids]);
    expect(run.posts()).toEqual(['ANSWER']);
  });
  it('negative control: one job a message answers five times', () => {
    const { run } = burst({ burst: { quiet: 0, cap: 0 } });
    expect(run.posts()).toHaveLength(5);
  });

  it.each([
    ['while the bot still thinks', false],
    ['when it has answered, a millisecond before the post', true],
  ])('one more %s makes it one answer to all', (_, hasAnswered) => {
    const run = new PlayedRun({ openIntervention: 'first' });
    run.writes('part 1');
    run.wait(second);
    if (hasAnswered) run.end('askBot', { replies: [{ body: 'TOO EARLY' }] });
    run.now += 1;
    run.writes('part 2');
    run.pass(10 * second);
    expect(run.posts()).toEqual(['ANSWER']);
    expect(run.asked.at(-1)?.burst.map(({ body }) => body)).toEqual(['part 1', 'part 2']);
  });
});

describe('late news', () => {
  /** A closing that comes after, and is older than, what the agent wrote since. */
  function phaseAfter(spoil?: Spoil): string {
    const run = new PlayedRun({}, spoilt(spoil));
    run.says('a human please');
    const closedAt = run.at + second;
    run.pass(minute).agentSays('I am back.');
    const old = { id: 'i', at: closedAt, userId: 'user-agent' };
    run.handleEvent(interventionEvent('intervention.closed', old)).pass(10 * minute);
    return run.state.ownership.phase;
  }

  it('moves no phase backwards', () => {
    expect(phaseAfter()).toBe('agent');
  });
  it('negative control: one that goes by the time of receipt ends the human’s conversation', () => {
    expect(phaseAfter(withoutIssueTime)).toBe('closed');
  });
});
