/** Waiting that nobody ends: each escalation policy, step by step, played on the pure core. */
import { describe, expect, it } from 'vitest';
import { asPosted, CoreRun, placedIn } from '../../harness/core-run.js';
import { agentReplied, customerWrote } from '../../harness/facts.js';
import { everyRule, withoutChecks } from '../../harness/thread-settings.js';

const minute = 60_000;
/** A handover that neither asks who is there nor waits for a task. */
const settings = {
  ...withoutChecks(everyRule('reopen-to-bot')),
  openIntervention: 'never' as const,
};

/** Everything in flight succeeds, until nothing is. */
function settleAll(run: CoreRun): CoreRun {
  for (let guard = 0; guard < 20 && run.state.outbox.inFlight; guard += 1) {
    const {
      outbox: { inFlight: work },
    } = run.state;
    if (work.do === 'postReply') run.end('postReply', asPosted(run));
    else if (work.do === 'recategorise') run.end('recategorise', { categoryIds: [] });
    else if (work.do === 'readThread') {
      run.end('readThread', { categoryIds: [placedIn(run)], isLocked: false });
    } else if (work.do === 'askBot') run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    else if (work.do === 'leaveNote') run.end('leaveNote', { is: 'done' });
    else throw new Error(`unexpected ${work.do}`);
  }
  return run;
}

function play(run: CoreRun, minutes: number): CoreRun {
  for (let i = 0; i < minutes; i += 1) settleAll(run.wait(minute));
  return run;
}

function withBot(): CoreRun {
  const run = new CoreRun(settings).handleEvent(customerWrote({ id: '1', at: 0 }));
  return settleAll(run.wait(1_000));
}
function withNobody(): CoreRun {
  const run = new CoreRun(settings).handleEvent(customerWrote({ id: '1', at: 0, body: 'a human' }));
  return settleAll(run.wait(1_000));
}
function withAgent(): CoreRun {
  return settleAll(withNobody().handleEvent(agentReplied({ id: 'a', at: 2_000 })));
}
describe('the customer does not answer the bot', () => {
  it('is nudged once, and let go with a last word', () => {
    const run = play(withBot(), 30);
    expect(run.posts()).toEqual(['ANSWER', 'NUDGE', 'GIVING UP']);
    expect(run.state).toMatchObject({ ownership: { phase: 'closed', reason: 'customerSilent' } });
  });

  it('an answer resets the escalation policy to its first step', () => {
    const run = play(withBot(), 12);
    settleAll(run.handleEvent(customerWrote({ id: '2', at: 12 * minute + 2_000 })).wait(1_000));
    play(run, 12);
    expect(run.posts()).toEqual(['ANSWER', 'NUDGE', 'ANSWER', 'NUDGE']);
    expect(run.state.ownership.phase).toBe('bot');
  });
});

describe('nobody comes', () => {
  it('is told, others are asked, and the bot has the thread again, saying so', () => {
    const run = play(withNobody(), 6);
    expect(run.posts()).toEqual(['HANDOVER', 'STILL WAITING']);
    play(run, 6);
    expect(run.state.report.attention[0]?.code).toBe('nobodyComes');
    play(run, 6);
    expect(run.posts().at(-1)).toBe('ASKING OTHERS');
    const moves = run.works.flatMap((work) => (work.do === 'recategorise' ? [work.input] : []));
    expect(moves.at(-1)).toMatchObject({
      in: 'category-others',
      out: ['category-bot', 'category-agent'],
    });
    play(run, 14);
    expect(run.state).toMatchObject({ ownership: { phase: 'bot', reason: 'nobodyCame' } });
    expect(run.posts().at(-1)).toBe('NOBODY CAME');
    const back = run.works.flatMap((work) => (work.do === 'recategorise' ? [work.input] : []));
    expect(back.at(-1)).toMatchObject({
      in: 'category-bot',
      out: ['category-agent', 'category-others'],
    });
  });

  it('leaves no category behind, although other settings have been deployed since', () => {
    const run = play(withNobody(), 18);
    const categories = { bot: 'category-bot', agent: 'category-new-agents' };
    const settings = { ...run.state.settings, categories, escalations: {} };
    run.state = { ...run.state, settings };
    settleAll(run.take({ type: 'command', command: { do: 'returnToBot', by: 'op', why: 'x' } }));
    const back = run.works.flatMap((work) => (work.do === 'recategorise' ? [work.input] : []));
    expect(back.at(-1)).toMatchObject({
      in: 'category-bot',
      out: ['category-new-agents', 'category-others'],
    });
  });

  it('ends when a human engages: no step is taken any more', () => {
    const run = play(withNobody(), 6);
    settleAll(run.handleEvent(agentReplied({ id: 'a', at: 6 * minute + 5_000 })));
    play(run, 60);
    expect(run.posts()).toEqual(['HANDOVER', 'STILL WAITING']);
    expect(run.state.ownership.phase).toBe('agent');
  });

  it('may be called off by the customer, who has the bot again at once', () => {
    const run = withNobody();
    settleAll(run.handleEvent(customerWrote({ id: '2', at: 5_000, body: 'cancel that' })));
    expect(run.state).toMatchObject({ ownership: { phase: 'bot', reason: 'handoverCancelled' } });
    expect(run.posts().at(-1)).toBe('CALLED OFF');
    settleAll(run.handleEvent(customerWrote({ id: '3', at: 9_000, body: 'hello' })).wait(1_000));
    expect(run.posts().at(-1)).toBe('ANSWER');
  });
});

describe('the agent does not answer the customer', () => {
  it('is reminded, others are asked, and the bot answers what was left unanswered', () => {
    const run = withAgent();
    run.handleEvent(customerWrote({ id: '2', at: 10_000, body: 'where is it?' }));
    play(run, 11);
    expect(run.state.report.attention[0]?.code).toBe('agentSilent');
    play(run, 10);
    expect(run.state.ownership.phase).toBe('agent');
    play(run, 20);
    expect(run.state).toMatchObject({ ownership: { phase: 'bot', reason: 'agentSilent' } });
    expect(run.posts().slice(1)).toEqual(['AGENT GONE', 'ANSWER']);
    const asked = run.works.flatMap((work) => (work.do === 'askBot' ? [work.input.turn] : []));
    expect(asked.at(-1)?.burst.map(({ body }) => body)).toEqual(['where is it?']);
  });

  it('but does: nothing happens, however long the customer then is silent', () => {
    const run = withAgent();
    run.handleEvent(customerWrote({ id: '2', at: 10_000 }));
    run.handleEvent(agentReplied({ id: 'b', at: 5 * minute }));
    play(run, 120);
    expect(run.state.ownership.phase).toBe('agent');
    expect(run.state.report.attention).toEqual([]);
    expect(run.posts()).toEqual(['HANDOVER']);
  });

  it('and the customer neither: the conversation is closed and the thread is the bot’s again', () => {
    const run = withAgent();
    run.wait(49 * 60 * minute);
    settleAll(run);
    expect(run.state).toMatchObject({
      ownership: { phase: 'closed', reason: 'customerSilent' },
      routing: { assignedCategory: 'bot' },
    });
  });
});
