/** Answers that are more than replies: tools first, more input first, later, and by another bot. */
import { describe, expect, it } from 'vitest';
import type { BotAnswer, BotTurn } from '../../../bots/bot.js';
import { describeThread } from '../../../workflows/thread/planning/card.js';
import type { SourceSettings } from '../../../workflows/contract/source-settings.js';
import type { Failure } from '../../../workflows/contract/work.js';
import { CoreRun } from '../../harness/core-run.js';
import { agentReplied, customerWrote } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';

const said: BotAnswer = { replies: [{ body: 'ANSWER' }] };
const calls = (...tools: readonly string[]): BotAnswer => ({
  replies: [],
  calls: tools.map((tool) => ({ id: tool, tool, input: { of: tool } })),
});

type Answer = BotAnswer | Failure;

/** A bot that gives these answers, the last of them for ever. */
function answering(...answers: readonly Answer[]) {
  let turn = -1;
  return (): Answer => answers[Math.min((turn += 1), answers.length - 1)]!;
}

const repliesOf = (run: PlayedRun) =>
  run.works.flatMap((work) => (work.do === 'postReply' ? [work.input.body] : []));
const idsOf = (run: PlayedRun) => run.asked.map(({ id }) => id);

describe('a bot that calls tools', () => {
  it('is asked again with what came of them, in order, and answers once', () => {
    const run = new PlayedRun({}, { answer: answering(calls('look', 'book'), said) });
    const id = run.says();
    const called = run.works.flatMap((work) => (work.do === 'callTool' ? [work.input] : []));
    expect(called.map(({ call, turnId }) => [call.tool, turnId])).toEqual([
      ['look', id],
      ['book', id],
    ]);
    expect(run.asked[1]?.called).toEqual([
      { id: 'look', tool: 'look', input: { of: 'look' }, result: 'done' },
      { id: 'book', tool: 'book', input: { of: 'book' }, result: 'done' },
    ]);
    expect(repliesOf(run)).toEqual(['ANSWER']);
  });

  it('gets each question under a key of its own', () => {
    const run = new PlayedRun({}, { answer: answering(calls('look'), calls('book'), said) });
    const id = run.says();
    expect(idsOf(run)).toEqual([id, `${id}.1`, `${id}.2`]);
  });

  it('that first waits for more is not asked under a key that it had before', () => {
    const more: BotAnswer = { replies: [], wait: { forMs: 5_000 } };
    const run = new PlayedRun({}, { answer: answering(more, calls('look'), said) });
    run.says();
    run.pass(60_000);
    expect(repliesOf(run)).toEqual(['ANSWER']);
    expect(new Set(idsOf(run)).size).toBe(3);
  });

  it('is given the failure of a tool, and may still answer', () => {
    const run = new PlayedRun({}, { answer: answering(calls('look'), said) });
    const end = run.end.bind(run);
    run.end = (what, outcome) => end(what, what === 'callTool' ? { failed: 'Timeout' } : outcome);
    run.says();
    expect(run.asked[1]?.called).toMatchObject([{ tool: 'look', failed: 'Timeout' }]);
    expect(repliesOf(run)).toEqual(['ANSWER']);
  });

  it('is not taken back once a tool was called: what the customer adds waits for the next turn', () => {
    const run = new CoreRun();
    run.handleEvent(customerWrote({ id: 'c1', at: 0 })).wait(1_000);
    run.end('askBot', calls('book'));
    run.handleEvent(customerWrote({ id: 'c2', at: 1_500 }));
    expect(run.state.outbox.inFlight?.do).toBe('callTool');
    run.end('callTool', { result: 'done' }).end('askBot', said);
    expect(run.state.conversation.waiting).toHaveLength(1);
  });

  it('is stopped when it calls and calls', () => {
    const looks = Array.from({ length: 21 }, (_, i) => calls(`look-${i}`));
    const run = new PlayedRun({}, { answer: answering(...looks) });
    run.says();
    expect(run.count('callTool')).toBe(20);
    expect(repliesOf(run)).toHaveLength(1);
    expect(describeThread(run.state).decisions).toContainEqual(
      expect.objectContaining({ code: 'botFailed', failure: 'TooManyCalls' }),
    );
  });

  it('says nothing more when a human comes in between', () => {
    const run = new CoreRun();
    run.handleEvent(customerWrote({ id: 'c1', at: 0 })).wait(1_000);
    run.end('askBot', calls('book'));
    run.handleEvent(agentReplied({ id: 'a1', at: 2_000 }));
    expect([run.state.ownership.phase, run.state.outbox.inFlight?.do]).toEqual([
      'agent',
      'recategorise',
    ]);
    expect(run.end('recategorise', { categoryIds: [] }).state.outbox.inFlight).toBeUndefined();
  });
});

describe('a bot that waits for more', () => {
  const wait: BotAnswer = { replies: [], wait: { forMs: 10_000 } };

  it('is asked again with all of it when the customer has written more', () => {
    const run = new PlayedRun({}, { answer: answering(wait, said) });
    run.says('one');
    expect(repliesOf(run)).toEqual([]);
    run.says('two');
    expect(run.asked[1]?.burst.map(({ body }) => body)).toEqual(['one', 'two']);
    expect(repliesOf(run)).toEqual(['ANSWER']);
  });

  it('is asked again after its time when the customer says no more', () => {
    const run = new PlayedRun({}, { answer: answering(wait, said) });
    const id = run.says();
    run.pass(8_000);
    expect(run.asked).toHaveLength(1);
    run.pass(2_000);
    expect(idsOf(run)).toEqual([id, `${id}.1`]);
    expect(repliesOf(run)).toEqual(['ANSWER']);
  });

  it('may not wait for ever', () => {
    const run = new PlayedRun({}, { answer: answering(wait) });
    run.says();
    run.pass(600_000);
    expect(run.asked).toHaveLength(6);
  });
});

describe('an answer that comes later', () => {
  function asked(): CoreRun {
    const run = new CoreRun({ openIntervention: 'never' });
    return run.handleEvent(customerWrote({ id: 'c1', at: 0 })).wait(1_000);
  }
  const answered = (to: string) => ({ type: 'answered', to, answer: said }) as const;
  const [id] = [asked().state.conversation.turn?.id ?? ''];

  it('is said once, however often it comes', () => {
    const run = asked().end('askBot', 'later').wait(5_000);
    run.take(answered(id)).take(answered(id));
    expect(run.state.outbox.inFlight?.do).toBe('postReply');
    expect(run.state.outbox.items).toHaveLength(1);
  });

  it('may be faster than the word that it will come later', () => {
    const run = asked().take(answered(id));
    expect(run.state.outbox.inFlight?.do).toBe('postReply');
    expect(run.state.outbox.items).toHaveLength(1);
  });

  it('is dropped when a human has come, or the customer has written', () => {
    const taken = asked()
      .end('askBot', 'later')
      .handleEvent(agentReplied({ id: 'a1', at: 2_000 }));
    const items = taken.take(answered(id)).state.outbox.items.map((one) => one.do);
    expect(items).toEqual(['recategorise']);
    const restarted = asked()
      .end('askBot', 'later')
      .handleEvent(customerWrote({ id: 'c2', at: 2_000 }));
    expect(restarted.take(answered(id)).state.outbox.items).toEqual([]);
    expect(restarted.state.conversation.waiting).toHaveLength(2);
  });

  it('that does not come within the budget is a failed turn', () => {
    const run = asked().end('askBot', 'later');
    run.wait(run.state.settings.bot.budget);
    expect(run.state.conversation.failedTurns).toBe(1);
    expect(run.take(answered(id)).state.outbox.items).toHaveLength(1);
  });
});

describe('a question', () => {
  it('has what humans said since the bot last spoke, the customer profile, and the language', () => {
    const run = new PlayedRun(
      { profile: { fields: {} } },
      { answer: answering({ ...said, customerProfile: { plan: 'gold' } }) },
    );
    run.says();
    run.agentSays('I am Ben.').agentSays('It is done.').agentCloses();
    run.pass(run.state.settings.settleWindow);
    run.says('my next question');
    const [first, second] = run.asked;
    expect(first).toMatchObject({ version: 1, humansSaid: [], profile: {}, called: [] });
    expect(second?.humansSaid.map(({ body }) => body)).toEqual(['I am Ben.', 'It is done.']);
    expect(second?.deadline).toBeGreaterThan(run.now);
  });
});

describe('several bots', () => {
  const other = { name: 'french', runs: 'remote', timeout: 1_000, budget: 9_000 } as const;
  const settings: Partial<SourceSettings> = { routes: [{ languages: ['fr'], bot: other }] };
  const askedOf = (run: PlayedRun) =>
    run.works.flatMap((work) => (work.do === 'askBot' ? [work.input.botName] : []));

  it('each answer and speak for what is theirs, on one thread', () => {
    const run = new PlayedRun(settings, { answer: (turn: BotTurn) => ({ ...said, id: turn.id }) });
    const usual = run.state.settings.bot.name;
    const language = (is: string) => {
      const [event] = [customerWrote({ id: `c-${is}`, at: run.at })];
      return { ...event, content: { ...event.content, language: is } };
    };
    run.handleEvent(language('fr-CA')).pass(1_000);
    run.handleEvent(language('en')).pass(1_000);
    expect(askedOf(run)).toEqual(['french', usual]);
    const voices = run.works.flatMap((one) => (one.do === 'postReply' ? [one.input.botName] : []));
    expect(voices).toEqual(['french', usual]);
  });
});
