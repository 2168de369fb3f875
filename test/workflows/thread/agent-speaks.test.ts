/** What the words of an agent end and begin, and what a run that goes on takes with it. */
import { describe, expect, it } from 'vitest';
import { customerWrote } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';
import { everyRule, testSettings, withoutChecks } from '../../harness/thread-settings.js';
import { carriedOver } from '../../../workflows/thread/state/state.js';

const minute = 60_000;
const rules = {
  ...withoutChecks(everyRule('reopen-to-bot')),
  escalations: {
    agentSilent: [{ after: 15 * minute, do: 'remind' as const }],
    customerSilentWithAgent: [{ after: 60 * minute, do: 'close' as const }],
  },
};
const codes = (run: PlayedRun) => run.state.report.attention.map(({ code }) => code);

/** An agent has the thread, the customer has asked, and nobody has answered for twenty minutes. */
function unanswered(): PlayedRun {
  const run = new PlayedRun(rules);
  run.says('a human please');
  run.agentSays().pass(minute);
  const asked = { id: 'asked', at: run.at, body: 'where is it?' };
  run.handleEvent(customerWrote(asked, ['category-agent']));
  return run.pass(20 * minute);
}

describe('an agent who answers', () => {
  it('ends the attention that their silence raised', () => {
    const run = unanswered();
    expect(codes(run)).toEqual(['agentSilent']);
    run.agentSays('It arrives tomorrow.');
    expect(codes(run)).toEqual([]);
  });

  it('begins the silence of the customer: an hour after their words the thread is closed', () => {
    const run = unanswered().agentSays('It arrives tomorrow.');
    expect(run.pass(55 * minute).state.ownership.phase).toBe('agent');
    expect(run.pass(10 * minute).state.ownership.phase).toBe('closed');
  });
});

describe('a run that goes on as a new one', () => {
  it('has the newest settings and the state of the last', () => {
    const { state } = unanswered();
    const settings = { ...testSettings, name: 'renamed' };
    expect(carriedOver(state, settings)).toEqual({ ...state, settings });
  });
});
