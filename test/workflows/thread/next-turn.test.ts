/** What a turn leaves to the next one: memory, restarts, failures, what was said, and what is answered. */
import { describe, expect, it } from 'vitest';
import { customerWrote } from '../../harness/facts.js';
import { esc, hour, logged, make, minute, op, phase } from '../../harness/rules-meet.js';

describe('the turn after', () => {
  it('can be restarted as often as the one before', () => {
    const run = make();
    for (let turn = 0; turn < 2; turn += 1) {
      for (let part = 0; part < 6; part += 1) {
        run.writes(`part ${turn}.${part}`);
        run.wait(1_000);
      }
      run.settle();
      run.pass(minute);
    }
    expect(logged(run, 'turnRestarted')).toHaveLength(10);
    expect(run.posts()).toEqual(['ANSWER', 'ANSWER']);
  });

  it('of a customer who never pauses is restarted five times, and then answered', () => {
    const run = make();
    for (let part = 0; part < 12; part += 1) {
      run.writes(`part ${part}`);
      run.wait(1_000);
    }
    expect(logged(run, 'turnRestarted')).toHaveLength(5);
    run.pass(minute);
    expect(run.posts()).toEqual(['ANSWER', 'ANSWER']);
  });

  it('begins to count the bot’s failures anew', () => {
    const outcomes = [{ failed: 'Timeout' }, undefined, { failed: 'Timeout' }];
    const answer = () => outcomes.shift() ?? { replies: [{ body: 'ANSWER' }] };
    const run = make({}, { answer });
    for (const body of ['one', 'two', 'three']) run.says(body);
    expect(run.posts()).toEqual(['BOT FAILED', 'ANSWER', 'BOT FAILED']);
    expect(phase(run)).toBe('bot');
  });

  it('has the memory that the bot gave when it asked for more, or for a tool', () => {
    const answers = [
      { replies: [], wait: { forMs: 5_000 }, remember: { step: 1 } },
      { replies: [], calls: [{ id: 'c', tool: 'find', input: {} }], remember: { step: 2 } },
      { replies: [{ body: 'ANSWER' }] },
    ];
    const run = make({}, { answer: () => answers.shift() ?? { replies: [] } });
    run.says('one');
    run.pass(minute);
    expect(run.asked.map(({ memory }) => memory)).toEqual([{}, { step: 1 }, { step: 2 }]);
    expect(run.state.conversation.memory).toEqual({ step: 2 });
  });

  it('has the payload of a button, and what humans have said since the bot', () => {
    const run = make(esc);
    for (const said of ['I am Lee.', 'I am Kim.']) {
      run.says('one');
      run.agentSays(said);
      run.commands({ do: 'returnToBot', ...op });
    }
    const event = customerWrote({ id: 'button', at: run.at, body: 'Yes' });
    run.handleEvent({ ...event, content: { ...event.content, payload: 'yes' } }).pass(minute);
    expect(run.asked.at(-1)?.burst).toMatchObject([{ body: 'Yes', payload: 'yes' }]);
    expect(run.asked.at(-1)?.humansSaid.map(({ body }) => body)).toEqual(['I am Kim.']);
  });
});

describe('a turn', () => {
  it('that has called a tool is not restarted: the tool’s effect remains', () => {
    const call = { id: 'c', tool: 'order', input: {} };
    const answers = [{ replies: [], calls: [call] }, { replies: [{ body: 'ORDERED' }] }];
    const run = make({}, { answer: () => answers.shift() ?? { replies: [{ body: 'ANSWER' }] } });
    run.writes('order it');
    run.wait(1_000);
    run.end('askBot', answers.shift()!);
    run.end('callTool', { result: 'done' });
    run.writes('and one more');
    run.pass(minute);
    expect(logged(run, 'turnRestarted')).toEqual([]);
    expect(run.posts()).toEqual(['ORDERED', 'ANSWER']);
  });

  it('answered by a reply that was found after the thread came back is not asked again', () => {
    const run = make(esc);
    run.writes('where is it?');
    run.wait(1_000);
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    run.end('postReply', { is: 'ambiguous', code: 'Engage.AnswerLost' });
    run.take({ type: 'command', command: { do: 'takeOver', ...op } });
    run.take({ type: 'command', command: { do: 'returnToBot', ...op } });
    const found = { is: 'found', contentId: 'ours', createdAt: run.now } as const;
    while (run.doing() !== 'findReply') {
      if (run.doing() === undefined) run.wait(minute);
      else run.settle();
    }
    run.end('findReply', found).pass(hour);
    expect([run.posts(), run.state.conversation.unanswered]).toEqual([['ANSWER'], []]);
  });

  it('of a new conversation does not know what was said in the last one', () => {
    const run = make({}, { answer: () => ({ replies: [{ body: 'ANSWER' }], isSolved: true }) });
    run.says('one');
    run.pass(60 * 24 * hour);
    run.says('two');
    expect(run.asked.at(-1)?.record.map(({ body }) => body)).toEqual(['two']);
  });
});
