/** The platform dates a reply to the second, rounded down: it is still told after what it answers. */
import { describe, expect, it } from 'vitest';
import { whyUnanswered } from '../../../api/timeline/unanswered.js';
import { createTimeline } from '../../../api/timeline/timeline.js';
import { describeTranscript } from '../../../workflows/thread/planning/card.js';
import { wholeSecond } from '../../../workflows/contract/whole-second.js';
import { CoreRun } from '../../harness/core-run.js';
import { customerWrote } from '../../harness/facts.js';

const reading = { clock: (time: number | string) => new Date(time).toISOString(), now: Date.now() };

/** One content, and the replies to it a few milliseconds later, dated as the platform dates them. */
function answered(run: CoreRun, at: number, replies: readonly string[]): CoreRun {
  run.handleEvent(customerWrote({ id: `${at}`, at, body: `asked ${at}` })).wait(1);
  run.end('askBot', { replies: replies.map((body) => ({ body })) });
  for (const body of replies) {
    const createdAt = wholeSecond(run.now);
    run.end('postReply', { is: 'posted', contentId: body, createdAt, contentsBefore: 1 });
  }
  return run;
}

const quick = () => new CoreRun({ burst: { quiet: 1, cap: 5_000 } });
const said = (run: CoreRun) => run.state.conversation.record.map(({ body }) => body);

describe('a reply of the second in which the customer wrote', () => {
  it('is recorded after what it answers, and the second one after the first', () => {
    const run = answered(quick(), 1_700, ['one', 'two']);
    expect(said(run)).toEqual(['asked 1700', 'one', 'two']);
  });

  it('stays before what the customer wrote next, within the same second', () => {
    const run = answered(answered(quick(), 1_200, ['one']), 1_700, ['two']);
    expect(said(run)).toEqual(['asked 1200', 'one', 'asked 1700', 'two']);
  });

  it('is told in that order by the timeline, and the content counts as answered', () => {
    const transcript = describeTranscript(answered(quick(), 1_700, ['one']).state);
    const { moments } = createTimeline(transcript, reading);
    const bodies = moments.flatMap((one) => (one.is === 'content' ? [one.body] : []));
    expect(bodies).toEqual(['asked 1700', 'one']);
    const [content] = transcript.contents;
    expect(content && whyUnanswered(content, transcript, reading)).toBeNull();
  });

  it('keeps the platform’s date where that is later', () => {
    const run = answered(quick(), 1_999, ['one']);
    expect(run.state.conversation.record.at(-1)?.issuedAt).toBe(run.began + 2_000);
  });
});

describe('a human whose event was lost, in the second of the first content known', () => {
  it('is looked for: the platform dates them to the second', () => {
    const run = quick()
      .handleEvent(customerWrote({ id: 'a', at: 1_700 }))
      .wait(1);
    run.end('askBot', { replies: [{ body: 'one' }] });
    const {
      outbox: { inFlight: work },
    } = run.state;
    const since = work?.do === 'postReply' ? work.input.lookSince : Infinity;
    expect(since).toBeLessThan(run.began + 1_000);
  });
});
