/** What a step of a thread is in numbers, by example, and over whole conversations. */
import { describe, expect, it } from 'vitest';
import { measurementsOf, type Measurement } from '../../../workflows/thread/shell/step-metrics.js';
import { threadCounts } from '../../../workflows/contract/metrics.js';
import { count, newThread, type ThreadState } from '../../../workflows/thread/state/state.js';
import type { Turn } from '../../../workflows/thread/state/turn.js';
import { turnLines } from '../../../workflows/thread/shell/turn-log.js';
import { PlayedRun } from '../../harness/played-core.js';
import { testSettings } from '../../harness/thread-settings.js';
import type { ReplyItem, Sent } from '../../../workflows/thread/state/outbox-item.js';

const now = 100_000;
const begun = newThread({ domainId: 'd', threadId: 't' }, testSettings, 0);
type Change = {
  readonly [Slice in 'ownership' | 'conversation' | 'outbox' | 'human' | 'report']?: Partial<
    ThreadState[Slice]
  >;
};

function with_(change: Change, of = begun): ThreadState {
  return {
    ...of,
    ownership: { ...of.ownership, ...change.ownership },
    conversation: { ...of.conversation, ...change.conversation },
    outbox: { ...of.outbox, ...change.outbox },
    human: { ...of.human, ...change.human },
    report: { ...of.report, ...change.report },
  };
}

const bot = with_({
  ownership: { phase: 'bot', reason: 'customerWrote', since: 40_000, episode: 2 },
});
const handover = with_(
  { ownership: { phase: 'handover', reason: 'botFailed', since: 90_000 } },
  bot,
);
const agent = with_(
  { ownership: { phase: 'agent', reason: 'agentEngaged', since: now }, human: { waited: 10_000 } },
  bot,
);
const closed = with_({ ownership: { phase: 'closed', reason: 'solved', since: now } }, bot);

const turn: Turn = {
  ...{ id: 'c-1', contents: [], startedAt: 98_000, hasSpoken: false, remember: undefined },
};
const reply: ReplyItem = {
  ...{
    do: 'reply',
    key: '1/r/c-1',
    purpose: 'r',
    epoch: 1,
    body: 'secret words',
    inReplyToId: 'c-1',
  },
  ...{ isPrivate: true, speaksAs: 'bot', state: 'pending', sends: 0, tries: 0, looks: 0 },
  since: 99_000,
};
const sent: Sent = { key: reply.key, contentId: 'c-2', createdAt: now, delivery: 'accepted' };
const owing = with_({ conversation: { turn }, outbox: { items: [reply] } }, bot);

type Samples = readonly (readonly [name: string, value: number, labels?: object])[];

describe('a step', () => {
  it.each<[string, ThreadState, ThreadState, Samples]>([
    ['without news is nothing', bot, with_({ ownership: { why: 'as before' } }, bot), []],
    [
      'counts what the thread counts',
      bot,
      count(count(bot, 'duplicates', 3), 'crossedReplies'),
      [
        ['baton_crossed_replies', 1],
        ['baton_duplicates', 3],
      ],
    ],
    [
      'begins a conversation',
      begun,
      bot,
      [['baton_phase_changes', 1, { from: 'closed', to: 'bot', reason: 'customerWrote' }]],
    ],
    [
      'hands over',
      bot,
      handover,
      [
        ['baton_phase_changes', 1, { from: 'bot', to: 'handover', reason: 'botFailed' }],
        ['baton_phase_seconds', 50, { phase: 'bot' }],
        ['baton_handovers', 1, { reason: 'botFailed' }],
      ],
    ],
    [
      'brings the human who was waited for',
      handover,
      agent,
      [
        ['baton_phase_changes', 1, { from: 'handover', to: 'agent', reason: 'agentEngaged' }],
        ['baton_phase_seconds', 10, { phase: 'handover' }],
        ['baton_waited_seconds', 10],
      ],
    ],
    [
      'ends a conversation that needed no human',
      bot,
      closed,
      [
        ['baton_phase_changes', 1, { from: 'bot', to: 'closed', reason: 'solved' }],
        ['baton_phase_seconds', 60, { phase: 'bot' }],
        ['baton_conversations_ended', 1, { contained: 'true' }],
      ],
    ],
    [
      'ends one in which a human was asked for earlier',
      with_({ human: { neededIn: 2 } }, bot),
      with_({ human: { neededIn: 2 } }, closed),
      [
        ['baton_phase_changes', 1, { from: 'bot', to: 'closed', reason: 'solved' }],
        ['baton_phase_seconds', 60, { phase: 'bot' }],
        ['baton_conversations_ended', 1, { contained: 'false' }],
      ],
    ],
    [
      'ends one that an older version handed over',
      agent,
      with_({ ownership: { since: now + 1_000 }, human: { waited: 10_000 } }, closed),
      [
        ['baton_phase_changes', 1, { from: 'agent', to: 'closed', reason: 'solved' }],
        ['baton_phase_seconds', 1, { phase: 'agent' }],
        ['baton_conversations_ended', 1, { contained: 'false' }],
      ],
    ],
    [
      'calls a person',
      bot,
      with_({ report: { attention: [{ code: 'nobodyComes', since: now }] } }, bot),
      [['baton_attention', 1, { code: 'nobodyComes' }]],
    ],
    [
      'says the first reply of a turn',
      owing,
      count(
        with_(
          {
            conversation: { turn: { ...turn, hasSpoken: true } },
            outbox: { items: [], sent: [sent] },
          },
          bot,
        ),
        'replies',
      ),
      [
        ['baton_replies', 1],
        ['baton_reply_seconds', 2],
        ['baton_outbox_age_seconds', 1],
      ],
    ],
    [
      'tries an outbox item again',
      owing,
      with_({ ownership: { why: 'later' } }, owing),
      [['baton_outbox_age_seconds', 1]],
    ],
    [
      'under a clock that was set back takes no time, rather than less',
      with_({ ownership: { since: now + 5_000 } }, bot),
      handover,
      [
        ['baton_phase_changes', 1, { from: 'bot', to: 'handover', reason: 'botFailed' }],
        ['baton_phase_seconds', 0, { phase: 'bot' }],
        ['baton_handovers', 1, { reason: 'botFailed' }],
      ],
    ],
  ])('%s', (_, before, after, samples) => {
    const expected = samples.map(([name, value, labels = {}]) => ({
      ...{ name, value, is: name.endsWith('_seconds') ? 'seconds' : 'counter' },
      labels: { source: testSettings.name, ...labels },
    }));
    expect(measurementsOf(before, after, now)).toEqual(expected);
  });
});

/** A conversation, with all that was measured in it. */
function played(): { readonly run: PlayedRun; readonly all: Measurement[] } {
  const all: Measurement[] = [];
  const run: PlayedRun = new PlayedRun(
    {},
    {
      spoil: (after, before) => {
        all.push(...measurementsOf(before, after, run.now));
        return after;
      },
    },
  );
  return { run, all };
}

function sum(all: readonly Measurement[], name: string): number {
  return all.filter((one) => one.name === name).reduce((total, { value }) => total + value, 0);
}

describe('a whole conversation', () => {
  it('is contained when the bot had it from beginning to end', () => {
    const { run, all } = played();
    run.says('hello');
    run.pass(testSettings.closeWhenSilentFor + 60_000);
    expect(run.state.ownership.phase).toBe('closed');
    expect(sum(all, 'baton_turns')).toBe(1);
    expect(sum(all, 'baton_replies')).toBe(run.state.outbox.sent.length);
    const ended = all.filter(({ name }) => name === 'baton_conversations_ended');
    expect(ended.map(({ labels }) => labels['contained'])).toEqual(['true']);
  });

  it('counts its handover once, with its reason, and nothing that is not shown from 0', () => {
    const { run, all } = played();
    run.says('a human please');
    run.pass(60_000);
    expect(run.state.ownership.phase).toBe('handover');
    const handovers = all.filter(({ name }) => name === 'baton_handovers');
    expect(handovers.map(({ labels }) => labels['reason'])).toEqual(['customerAsked']);
    const fromZero = threadCounts(testSettings.name).map((one) => JSON.stringify(one));
    const counters = all.filter(
      ({ is, name }) => is === 'counter' && name !== 'baton_phase_changes',
    );
    for (const { name, labels } of counters) {
      expect(fromZero).toContain(JSON.stringify({ name, labels }));
    }
    expect(JSON.stringify(all)).not.toContain('human please');
  });
});

describe('the log has', () => {
  const spoken = with_({ conversation: { turn: { ...turn, hasSpoken: true } } }, bot);
  it.each<[string, ThreadState, ThreadState, readonly object[]]>([
    ['nothing while a turn goes on', owing, spoken, []],
    ['that one begins', bot, owing, [{ message: 'turn begins', turn: 'c-1' }]],
    ['its answer', spoken, bot, [{ message: 'turn ends', turn: 'c-1', came: 'answered' }]],
    ['its silence', owing, bot, [{ message: 'turn ends', turn: 'c-1', came: 'nothingSaid' }]],
    ['a handover', owing, handover, [{ message: 'turn ends', turn: 'c-1', came: 'handedOver' }]],
    ['a takeover', owing, agent, [{ message: 'turn ends', turn: 'c-1', came: 'takenOver' }]],
    ['an end', spoken, closed, [{ message: 'turn ends', turn: 'c-1', came: 'closed' }]],
    [
      'a turn begun anew, and the new one',
      owing,
      with_({ conversation: { superseded: 1, turn: { ...turn, id: 'c-3' } } }, bot),
      [
        { message: 'turn ends', turn: 'c-1', came: 'restarted' },
        { message: 'turn begins', turn: 'c-3' },
      ],
    ],
    [
      'a bot that requests more input',
      owing,
      with_({ conversation: { waits: 1 } }, bot),
      [{ message: 'turn ends', turn: 'c-1', came: 'waitsForMore' }],
    ],
  ])('%s', (_, before, after, news) => {
    expect(turnLines(before, after)).toEqual(news);
  });
});
