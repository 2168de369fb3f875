/** States a thread is in for a while, in which a plausible sentence would be a false one. */
import { describe, expect, it } from 'vitest';
import { toTimeline, toThreadView } from '../../../api/operator/thread-views.js';
import { describeTranscript } from '../../../workflows/thread/planning/card.js';
import { customerWrote } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';
import { everyRule } from '../../harness/thread-settings.js';

function asked(run: PlayedRun) {
  const seen = { transcript: describeTranscript(run.state), isRunning: true };
  const reading = { timeZone: 'UTC', now: run.now };
  return { ...toThreadView(seen, reading, undefined), ...toTimeline(seen, reading) };
}

function unanswered(run: PlayedRun): readonly (string | null)[] {
  return asked(run).moments.flatMap((moment) =>
    moment.is === 'content' && moment.by === 'customer' ? [moment.why] : [],
  );
}

const by = { by: 'olga', why: 'a test' };

describe('a why is true', () => {
  it('after a pause has ended: waiting contents no longer wait for it', () => {
    const run = new PlayedRun();
    run.says();
    run.pass(10_000);
    run.commands({ do: 'pauseBot', ...by, until: run.now + 60_000 });
    run.writes();
    expect(unanswered(run).at(-1)).toMatch(/^the bot is paused until/);
    run.pass(120_000);
    run.writes();
    expect(asked(run).waitingContents).toBe(1);
    expect(unanswered(run).at(-1)).toBeNull();
  });

  it('of a content that came late to a closed thread, and was answered', () => {
    const run = new PlayedRun();
    run.says();
    run.commands({ do: 'close', ...by });
    run.pass(60_000);
    const writtenAt = run.at;
    run.pass(300_000);
    run.handleEvent(customerWrote({ id: 'late', at: writtenAt, body: 'are you there?' }));
    run.pass(1_000);
    expect(asked(run).phase).toBe('bot');
    expect(unanswered(run).at(-1)).toBeNull();
  });

  it('while it is asked which humans are there', () => {
    const { availability } = everyRule('reopen-to-bot');
    const run = new PlayedRun({ ...(availability && { availability }) });
    run.writes();
    run.wait(run.state.settings.burst.cap);
    run.end('askBot', { replies: [], handOver: { because: 'customerAsked' } });
    expect(asked(run).doing).toBe('checkAvailability');
    expect(asked(run).why).not.toContain('waits for the customer');
    expect(asked(run).why).toContain('A handover is being prepared');
  });

  it('once the agents’ time has passed', () => {
    const run = new PlayedRun({ policies: ['stay-with-agent'] });
    run.says();
    run.agentSays().agentCloses();
    run.pass(run.state.settings.settleWindow);
    expect(asked(run).why).toContain('go to the agents.');
    run.pass(run.state.settings.threadInclusionDelay);
    expect(asked(run).phase).toBe('closed');
    expect(asked(run).why).not.toContain('go to the agents.');
    expect(asked(run).why).toContain('the next content goes to the bot');
  });

  it('of what comes after a thread an operator closed on a source that locks', () => {
    const run = new PlayedRun({ policies: ['block'] });
    run.says();
    run.agentSays();
    run.commands({ do: 'close', ...by });
    expect(run.count('lockThread')).toBe(1);
    expect(asked(run).why).not.toContain('wakes the bot');
    expect(asked(run).why).toContain('the next message starts a new thread');
  });

  it('of whom the next content is for, where an operator closed what stays with the agents', () => {
    const run = new PlayedRun({ policies: ['stay-with-agent'] });
    run.says();
    run.agentSays();
    run.commands({ do: 'close', ...by });
    expect(asked(run).why).not.toContain('wakes the bot');
    expect(asked(run).why).toContain('still in the agents’ category');
    run.pass(60_000);
    const { agent } = run.state.settings.categories;
    run.handleEvent(customerWrote({ id: 'back', at: run.at, body: 'hello?' }, [agent]));
    run.pass(1_000);
    expect(asked(run).phase).toBe('agent');
  });
});
