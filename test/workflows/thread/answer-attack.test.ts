/** What a bot that has lost its way could do to a thread. */
import { describe, expect, it } from 'vitest';
import { checkAnswer } from '../../../bots/contract.js';
import type { BotAnswer } from '../../../bots/bot.js';
import { CoreRun } from '../../harness/core-run.js';
import { agentReplied, customerWrote } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';

describe('a bot that calls tools', () => {
  const call = (id: string, words = '') => ({ id, tool: 'book', input: { words } });

  it('cannot call with more than a thread could carry', () => {
    const calls = [call('1', 'x'.repeat(900_000))];
    expect(() => checkAnswer({ calls })).toThrow('calls: is more than 20000 characters');
  });

  it('cannot ask for more than a thread could carry in a handover', () => {
    const handOver = { because: 'botGaveUp', fields: { a: 'x'.repeat(900_000) } };
    expect(() => checkAnswer({ handOver })).toThrow(
      'handOver.fields: is more than 20000 characters',
    );
  });

  it('cannot give two calls of a turn one key, so that the second would be taken for the first', () => {
    const run = new CoreRun();
    const calls = (id: string): BotAnswer => ({ replies: [], calls: [call(id)] });
    run.handleEvent(customerWrote({ id: 'c1', at: 0 })).wait(1_000);
    run.end('askBot', calls('1')).end('callTool', { result: 'done' }).end('askBot', calls('1'));
    expect(run.doing()).not.toBe('callTool');
  });
});

it('an answer cannot hold more in all than a thread could carry', () => {
  const items = Array.from({ length: 10 }, () => ({ title: 'x'.repeat(1_900) }));
  const reply = { body: 'x'.repeat(1_900), structured: { type: 'select', items } };
  const replies = Array.from({ length: 10 }, () => reply);
  expect(() => checkAnswer({ replies })).toThrow('the answer: is more than 200000 characters');
});

it('a question asked anew after a human has a key of its own', () => {
  const run = new PlayedRun();
  const id = run.says();
  run.agentSays().agentCloses();
  run.pass(run.state.settings.settleWindow);
  const again = run.says();
  expect(run.asked.map((turn) => turn.id)).toEqual([id, expect.stringContaining(`${again}.e`)]);
});

describe('a bot that waits for more', () => {
  it('starts counting anew after a human had the thread', () => {
    const run = new CoreRun();
    run.handleEvent(customerWrote({ id: 'c1', at: 0 })).wait(1_000);
    run.end('askBot', { replies: [], wait: { forMs: 3_600_000 } });
    run.handleEvent(agentReplied({ id: 'a1', at: 2_000 }));
    expect(run.state.ownership.phase).toBe('agent');
    expect(run.state).toMatchObject({ conversation: { waits: 0, waitUntil: undefined } });
  });
});
