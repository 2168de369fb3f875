/** The steps of a handover besides the change of category: note, intervention, and text. */
import { describe, expect, it } from 'vitest';
import type { BotAnswer } from '../../../bots/bot.js';
import type { SourceSettings } from '../../../workflows/contract/source-settings.js';
import type { Failure } from '../../../workflows/contract/work.js';
import { interventionEvent } from '../../harness/facts.js';
import type { Around, PlayedRun } from '../../harness/played-core.js';
import {
  closedRule,
  codes,
  esc,
  hour,
  logged,
  make,
  minute,
  op,
  phase,
  shut,
} from '../../harness/rules-meet.js';

describe('a step of a handover', () => {
  const noted = { handoverNote: 'By {bot}: {why}.', openIntervention: 'first' } as const;

  it('that fails calls a person, and the log has the failure', () => {
    const run = make({ ...esc, ...noted, openIntervention: 'never' });
    run.writes('a human please');
    run.handleEvent(interventionEvent('intervention.opened', { id: 'i', at: run.at }));
    run.wait(1_000);
    run.end('leaveNote', { failed: 'Engage.Forbidden' });
    expect(codes(run)).toEqual(['handoverNotNoted']);
    expect(logged(run, 'stepFailed')).toMatchObject([{ failure: 'Engage.Forbidden' }]);
  });

  it('has a note that quotes the bot’s reason, cut to 500 characters', () => {
    const handOver = { because: 'botGaveUp', reason: 'x'.repeat(9_000) } as const;
    const run = make({ ...esc, ...noted }, { answer: () => ({ replies: [], handOver }) });
    run.says('where is it?');
    const notes = run.works.flatMap((one) => (one.do === 'leaveNote' ? [one.input.body] : []));
    expect(notes).toHaveLength(1);
    expect(/x+/.exec(notes[0] ?? '')?.[0]).toHaveLength(500);
  });

  it('is enqueued once, beside a reply of which nobody knows whether it arrived', () => {
    const run = make({ ...esc, handoverNote: noted.handoverNote });
    run.writes('where is it?');
    run.wait(1_000);
    run.end('askBot', { replies: [{ body: 'ANSWER' }] });
    run.end('postReply', { is: 'ambiguous', code: 'Engage.AnswerLost' });
    run.take({ type: 'command', command: { do: 'askHandover', ...op } });
    const keys = run.state.outbox.items.map(({ key }) => key);
    expect(keys).toHaveLength(new Set(keys).size);
  });

  it('a reply that needs an intervention, where none may be opened, is a handover', () => {
    const run = make(esc, { post: () => ({ is: 'needsIntervention' }) });
    run.state = { ...run.state, settings: { ...run.state.settings, openIntervention: 'never' } };
    run.says('where is it?');
    expect([phase(run), run.state.ownership.reason]).toEqual(['handover', 'replyRefused']);
  });
});

describe('the note to the agent', () => {
  const noted = { ...esc, handoverNote: '{bot}: {why}', openIntervention: 'first' } as const;
  const notes = (run: PlayedRun) =>
    run.works.flatMap((one) => (one.do === 'leaveNote' ? [one.input.body.split('\n')[0]] : []));
  const answers = (answer: BotAnswer | Failure): Around => ({ answer: () => answer });
  const fails = (run: PlayedRun) => void (run.says('where is it?'), run.says('hello?'));
  const command = (what: 'askHandover' | 'moveToHumans') => (run: PlayedRun) => {
    run.says('hello');
    run.commands({ do: what, ...op });
  };
  const giveUp = { replies: [], handOver: { because: 'botGaveUp' } } as const;

  it.each<[string, (run: PlayedRun) => unknown, Around, Partial<SourceSettings>]>([
    ['the customer asked for a person', (run) => run.says('a human please'), {}, {}],
    ['the bot did not know what to say', (run) => run.says(), answers(giveUp), {}],
    ['the bot could not answer', fails, answers({ failed: 'Timeout' }), {}],
    ['an operator asked for a person', command('askHandover'), {}, {}],
    ['an emergency was declared', command('moveToHumans'), {}, {}],
  ])('says why: %s', (why, act, around, more) => {
    const run = make({ ...noted, ...more }, around);
    act(run);
    run.pass(hour);
    expect(notes(run)[0]).toBe(`helper: ${why}`);
  });

  it('says that a customer waits, when it is a reminder', () => {
    const run = make({ ...noted });
    run.says('a human please');
    run.pass(5 * minute);
    expect(notes(run)[1]).toBe('The customer is waiting for an answer. (chat)');
  });
});

it('the text of the business for closed hours takes the place of the handover’s', () => {
  const closed = closedRule();
  const whenClosed = { do: 'handOver', say: 'WE OPEN AT NINE' } as const;
  const run = make(
    { ...closed, availability: { ...closed.availability!, whenClosed } },
    { availability: shut },
  );
  run.says('a human please');
  expect([run.posts(), phase(run)]).toEqual([['WE OPEN AT NINE'], 'handover']);
});
