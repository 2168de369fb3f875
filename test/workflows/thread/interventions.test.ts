/** Interventions: who has opened them, who engages by them, and what a failed closing means. */
import { describe, expect, it } from 'vitest';
import { interventionEvent } from '../../harness/facts.js';
import type { PlayedRun } from '../../harness/played-core.js';
import { codes, make, phase } from '../../harness/rules-meet.js';
import { testSettings } from '../../harness/thread-settings.js';

const solving = { answer: () => ({ replies: [{ body: 'ANSWER' }], isSolved: true }) };
const ours = { userId: 'user-bot', ownerId: 'user-bot' };

describe('an intervention event', () => {
  it.each(['intervention.opened', 'intervention.assigned', 'intervention.user_updated'] as const)(
    '%s by the bot’s own user engages no human, by another user one',
    (type) => {
      const run = make();
      run.says('hello');
      run.handleEvent(interventionEvent(type, { id: 'i', at: run.at, ...ours }));
      expect(phase(run)).toBe('bot');
      const theirs = { userId: 'user-agent', ownerId: 'user-agent' };
      run.handleEvent(interventionEvent(type, { id: 'i', at: run.at + 1, ...theirs }));
      expect(phase(run)).toBe('agent');
    },
  );
});

describe('the closing of an intervention fails', () => {
  /** The bot solves the matter, with an intervention that this user has opened. */
  function closing(by: object): PlayedRun {
    const run = make({ ...testSettings, openIntervention: 'never' }, solving);
    run.writes('hello');
    run.handleEvent(interventionEvent('intervention.opened', { id: 'i', at: run.at, ...by }));
    run.wait(1_000);
    run.end('askBot', { replies: [{ body: 'ANSWER' }], isSolved: true });
    run.end('postReply', { is: 'posted', contentId: 'o', createdAt: run.now, contentsBefore: 1 });
    expect(run.doing()).toBe('closeIntervention');
    return run;
  }

  it.each([
    { failed: 'Engage.PlatformFailed' },
    { is: 'refused', code: 'Engage.Forbidden' } as const,
  ])('a person is called for one that the bot has opened: %o', (outcome) => {
    const run = closing(ours);
    run.end('closeIntervention', outcome);
    expect(codes(run)).toEqual(['interventionNotClosed']);
    const failure = 'failed' in outcome ? outcome.failed : outcome.code;
    expect(run.state.report.log).toContainEqual(
      expect.objectContaining({ code: 'interventionNotClosed', failure }),
    );
  });

  it('and is known as closed when it succeeds', () => {
    const run = closing(ours);
    run.end('closeIntervention', { is: 'closed' });
    expect([codes(run), run.state.human.intervention?.isOpen]).toEqual([[], false]);
  });

  it('nobody is called for one that the platform had opened', () => {
    const run = closing({});
    run.end('closeIntervention', { failed: 'Engage.PlatformFailed' });
    expect(codes(run)).toEqual([]);
  });
});
