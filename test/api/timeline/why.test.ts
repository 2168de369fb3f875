/** Why a thread stands as it stands, in plain words: what an operator reads at each turn of a conversation. */
import { describe, expect, it } from 'vitest';
import { toTimeline, toThreadView } from '../../../api/operator/thread-views.js';
import type { ThreadState } from '../../../workflows/thread/state/state.js';
import { applyCommand } from '../../../workflows/thread/transitions/commands.js';
import { describeTranscript } from '../../../workflows/thread/planning/card.js';
import { deadlineNames } from '../../../workflows/contract/deadline-name.js';
import { attentionCodes } from '../../../workflows/contract/attention.js';
import { phases, move, isRefused } from '../../../workflows/contract/lifecycle.js';
import {
  attentionInWords,
  clockIn,
  deadlineInWords,
  isTimeZone,
} from '../../../api/timeline/words.js';
import { PlayedRun } from '../../harness/played-core.js';
import { withOwnership } from '../../../workflows/thread/state/ownership.js';

const seen = (state: ThreadState) => ({ transcript: describeTranscript(state), isRunning: true });

/** At the time of the run, in UTC. */
function asked(run: PlayedRun) {
  const reading = { timeZone: 'UTC', now: run.now };
  return {
    ...toThreadView(seen(run.state), reading, undefined),
    ...toTimeline(seen(run.state), reading),
  };
}

function unanswered(run: PlayedRun): readonly (string | null)[] {
  return asked(run).moments.flatMap((moment) =>
    moment.is === 'content' && moment.by === 'customer' ? [moment.why] : [],
  );
}

describe('why', () => {
  it('the bot has answered, and waits', () => {
    const run = new PlayedRun();
    run.says();
    expect(asked(run).why).toMatch(/^The bot waits for the customer\. It has the thread since /);
    expect(unanswered(run)).toEqual([null]);
  });

  it('a human has the thread: since when, and what was not answered because of it', () => {
    const run = new PlayedRun();
    run.says();
    run.agentSays();
    run.says();
    expect(asked(run).why).toMatch(/^The bot is silent: a human has the thread since .*: an agent/);
    expect(unanswered(run)).toEqual([null, expect.stringMatching(/^a human had the thread since/)]);
  });

  it('the human is done: which policy waits, and until when', () => {
    const run = new PlayedRun();
    run.says();
    run.agentSays().agentCloses();
    const until = clockIn('UTC', run.now)(run.now + run.state.settings.settleWindow);
    expect(asked(run).why).toContain(`policy reopen-to-bot waits until ${until}.`);
    run.pass(run.state.settings.settleWindow);
    expect(asked(run).why).toContain('Policy reopen-to-bot: the next content goes to the bot.');
  });

  it('every phase is a stretch that ends where the next one begins', () => {
    const run = new PlayedRun();
    run.says();
    run.agentSays().agentCloses();
    run.pass(run.state.settings.settleWindow);
    run.says();
    const { phases: phaseEntries } = asked(run);
    expect(phaseEntries.map(({ phase }) => phase)).toEqual(['bot', 'agent', 'closed', 'bot']);
    const ends = phaseEntries.map(({ to }) => to);
    expect(ends).toEqual([...phaseEntries.slice(1).map(({ from }) => from), null]);
  });

  it('an operator has paused the bot: who, why and until when', () => {
    const run = new PlayedRun();
    run.says();
    const until = run.now + 600_000;
    const paused = applyCommand(
      run.state,
      { do: 'pauseBot', by: 'olga', why: 'wrong prices', until },
      run.now,
    );
    const { why } = toThreadView(seen(paused), { timeZone: 'UTC', now: run.now }, undefined);
    expect(why).toContain(
      `paused until ${clockIn('UTC', run.now)(until)}: operator olga: wrong prices`,
    );
    const later = toThreadView(seen(paused), { timeZone: 'UTC', now: until + 1 }, undefined);
    expect(later).toMatchObject({ botPausedUntil: null });
    expect(later.why).not.toContain('paused');
  });
});

it('the commands that are offered in a phase are those the table of moves allows', () => {
  const moves = {
    askHandover: 'handoverAsked',
    takeOver: 'operatorTookOver',
    returnToBot: 'operatorReturned',
    close: 'operatorClosed',
  } as const;
  const run = new PlayedRun();
  run.says();
  for (const phase of phases) {
    const { commands } = toThreadView(
      seen(withOwnership(run.state, { phase })),
      { timeZone: 'UTC', now: run.now },
      undefined,
    );
    const legal = Object.entries(moves).filter(([, by]) => !isRefused(move(phase, by)));
    expect(commands.filter((one) => one !== 'pauseBot')).toEqual(legal.map(([name]) => name));
  }
});

describe('words', () => {
  it('there are some for every code of attention', () => {
    expect(Object.keys(attentionInWords).toSorted()).toEqual([...attentionCodes].toSorted());
  });

  it.each(deadlineNames)('the deadline %s is described in words', (name) => {
    const card = { policies: ['reopen-to-bot'], nextEscalationStep: undefined };
    expect(deadlineInWords(name, card).split(' ').length).toBeGreaterThan(2);
  });

  it('times have the day where it is another one, in the zone that was asked for', () => {
    const now = Date.UTC(2026, 0, 15, 23, 30);
    expect(clockIn('UTC', now)(now)).toBe('23:30 UTC');
    expect(clockIn('Europe/Berlin', now)(now)).toBe('00:30');
    expect(clockIn('UTC', now)(now + 3_600_000)).toBe('2026-01-16 00:30 UTC');
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Mars/Base')).toBe(false);
  });
});
