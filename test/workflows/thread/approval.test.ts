/** A human's reply that waits for approval is not an answer: the customer has not received it. */
import { describe, expect, it } from 'vitest';
import { agentReplied, customerWrote } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';
import { codes, esc, minute, open, phase, who } from '../../harness/rules-meet.js';

/** An agent writes a reply; it waits for approval. */
function drafted(run: PlayedRun, id = 'draft'): PlayedRun {
  const reply = agentReplied({ id, at: run.at, body: 'A discount' });
  const content = { ...reply.content, waitsForApproval: true } as const;
  return run
    .pass(500)
    .handleEvent({ ...reply, content })
    .settle();
}

function approved(run: PlayedRun, id = 'draft'): PlayedRun {
  const reply = agentReplied({ id, at: run.at, body: 'A discount' });
  return run.handleEvent({ ...reply, id: `ok-${id}`, type: 'content.approved' }).settle();
}

const asked = () => {
  const run = new PlayedRun(esc);
  run.says('a human please');
  return run;
};
const bodies = (run: PlayedRun) => run.state.conversation.record.map(({ body }) => body);

describe('while it waits', () => {
  it('the human has the thread, the customer is unanswered, and the escalation runs', () => {
    const run = drafted(asked());
    expect([phase(run), open(run), who(run)]).toEqual([
      'agent',
      ['a human please'],
      'human/escalation',
    ]);
    expect(bodies(run)).not.toContain('A discount');
    run.pass(6 * minute);
    expect(codes(run)).toContain('agentSilent');
  });

  it('it hides no content that the customer wrote before it and that comes late', () => {
    const run = asked();
    const at = run.at;
    drafted(run).handleEvent(customerWrote({ id: 'late', at, body: 'and my invoice' }));
    expect(open(run)).toContain('and my invoice');
  });

  it('and is found only by the look before a reply, it is no answer either', () => {
    const run = new PlayedRun(esc);
    run.writes('where is it?');
    run.wait(1_000);
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    const draft = {
      contentId: 'content-draft',
      createdAt: run.now,
      waitsForApproval: true,
    } as const;
    run.end('postReply', { is: 'humanSpoke', ...draft }).settle();
    expect([phase(run), open(run)]).toEqual(['agent', ['where is it?']]);
  });

  it('and is never approved, the thread returns to the bot with the question', () => {
    const run = new PlayedRun(esc);
    run.writes('where is it?');
    drafted(run);
    expect(run.posts()).toEqual([]);
    run.commands({ do: 'returnToBot', by: 'kim', why: 'the draft was refused' }).pass(minute);
    expect([run.posts(), open(run)]).toEqual([['ANSWER'], []]);
    const seen = run.works.flatMap((one) =>
      one.do === 'postReply' ? one.input.seenContentIds : [],
    );
    expect(seen).toContain('content-draft');
  });
});

describe('once it is published', () => {
  it('the customer has an answer, and the record has it once', () => {
    const run = drafted(asked()).pass(minute);
    approved(run);
    expect([phase(run), open(run), bodies(run).filter((body) => body === 'A discount')]).toEqual([
      'agent',
      [],
      ['A discount'],
    ]);
    expect(codes(run)).toEqual([]);
  });

  it('what the customer wrote in between is still unanswered', () => {
    const run = drafted(asked());
    run.says('or rather two?');
    approved(run);
    expect(open(run)).toEqual(['or rather two?']);
  });

  it('by a list of the platform instead of its event, it counts too', () => {
    const run = drafted(asked());
    const listed = agentReplied({ id: 'draft', at: run.at, body: 'A discount' });
    run.handleEvent({ ...listed, id: 'listed' }).settle();
    expect(open(run)).toEqual([]);
  });

  it('it counts although its approval is reported first', () => {
    const run = asked();
    run.pass(1_000);
    drafted(approved(run));
    expect([open(run), run.state.human.waitingReplies]).toEqual([[], undefined]);
  });

  it('it is counted once, so that a content of another human is not overlooked', () => {
    const run = new PlayedRun(esc);
    run.says('hello');
    const before = run.state.inbox.expectedContents!;
    approved(drafted(run));
    expect(run.state.inbox.expectedContents).toBe(before + 1);
  });
});

it('negative control: a core that takes the draft for an answer leaves the customer waiting', () => {
  const run = asked();
  run.handleEvent(agentReplied({ id: 'draft', at: run.at + 1, body: 'A discount' })).settle();
  run.pass(6 * minute);
  expect([open(run), codes(run)]).toEqual([[], []]);
});
