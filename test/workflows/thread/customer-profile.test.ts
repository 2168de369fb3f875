/** What a bot learns: checked by a table, kept, written once, and in the note where it has no place. */
import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../workflows/thread/planning/handover-note.js';
import {
  checkCustomerProfile,
  contextDataOf,
} from '../../../workflows/thread/transitions/customer-profile.js';
import type { SourceSettings } from '../../../workflows/contract/source-settings.js';
import type { WriteProfileOutcome } from '../../../workflows/contract/work.js';
import type { BotAnswer } from '../../../bots/bot.js';
import { PlayedRun } from '../../harness/played-core.js';

const settings: Partial<SourceSettings> = {
  profile: { fields: {} },
  handoverNote: 'NOTE',
  openIntervention: 'first',
};

describe('a field of the profile', () => {
  it.each([
    ['plan', 'gold', undefined],
    ['plan_2-b', 'x', undefined],
    ['plan', '', 'emptied'],
    ['plan', ' \n', 'emptied'],
    ['plan', 7, 'not a text'],
    ['plan', null, 'not a text'],
    ['plan', 'x'.repeat(1_001), 'too long'],
    ['', 'x', 'no name of a field'],
    ['a b', 'x', 'no name of a field'],
    ['x'.repeat(65), 'x', 'no name of a field'],
  ])('%s: %s', (key, value, why) => {
    const { fields, refused } = checkCustomerProfile({ [key]: value });
    if (why === undefined) expect([fields, refused]).toEqual([{ [key]: value }, []]);
    else expect([fields, refused.map((one) => one.why)]).toEqual([{}, [why]]);
  });

  it.each([[undefined], [null], ['gold'], [['gold']], [7]])('%s is nothing', (given) => {
    expect(checkCustomerProfile(given)).toEqual({ fields: {}, refused: [] });
  });

  it('is named when it is refused, and nothing of what a customer may have said', () => {
    const { refused } = checkCustomerProfile({ 'my card is 4111 <b>': 'x' });
    expect(refused).toEqual([{ field: 'my?card?is?4111??b?', why: 'no name of a field' }]);
  });
});

function playing(answers: readonly BotAnswer[], written: WriteProfileOutcome, more = settings) {
  let turn = -1;
  const run = new PlayedRun(more, {
    answer: () => answers[Math.min((turn += 1), answers.length - 1)]!,
  });
  const end = run.end.bind(run);
  run.end = (what, outcome) => end(what, what === 'writeProfile' ? (written as never) : outcome);
  return run;
}

const said = { replies: [{ body: 'ANSWER' }] };
const handOver = { because: 'botGaveUp' } as const;

describe('a thread', () => {
  it('answers the customer first, then writes what is new, once', () => {
    const customerProfile = { plan: 'gold' };
    const run = playing([{ ...said, customerProfile }], { written: ['plan'], refused: [] });
    run.says();
    run.says();
    const works = run.works.map((work) => work.do).filter((what) => what !== 'readThread');
    const first = ['askBot', 'openIntervention', 'postReply', 'writeProfile'];
    expect(works).toEqual([...first, 'askBot', 'postReply']);
    const [written] = run.works.filter((work) => work.do === 'writeProfile');
    expect(written?.input).toEqual({
      identityId: 'identity-ana',
      interventionId: 'i',
      fields: customerProfile,
      named: {},
    });
  });

  it('writes again what has changed, and only that', () => {
    const answers = [
      { ...said, customerProfile: { plan: 'gold', topic: 'tax' } },
      { ...said, customerProfile: { plan: 'silver' } },
    ];
    const run = playing(answers, { written: ['plan', 'topic'], refused: [] });
    run.says();
    run.says();
    const inputs = run.works.flatMap((work) =>
      work.do === 'writeProfile' ? [work.input.fields] : [],
    );
    expect(inputs).toEqual([{ plan: 'gold', topic: 'tax' }, { plan: 'silver' }]);
  });

  it('writes before it closes', () => {
    const run = playing([{ ...said, isSolved: true, customerProfile: { plan: 'gold' } }], {
      written: ['plan'],
      refused: [],
    });
    run.says();
    expect([run.state.ownership.phase, run.count('writeProfile')]).toEqual(['closed', 1]);
  });

  it('tells the human what has no place on the platform, and not the rest', () => {
    const customerProfile = { plan: 'gold', shoe_size: '44' };
    const run = playing([{ ...said, handOver, customerProfile }], {
      written: ['plan'],
      refused: [],
    });
    run.says('help');
    const order = run.works.map((work) => work.do);
    expect(order.indexOf('writeProfile')).toBeLessThan(order.indexOf('leaveNote'));
    const [note] = run.works.flatMap((work) => (work.do === 'leaveNote' ? [work.input.body] : []));
    expect(note).toBe('NOTE\n\nshoe_size: 44\n\nCustomer: help');
    expect(contextDataOf(run.state)).toEqual({ plan: 'gold', 'shoe-size': '44' });
  });

  it('notes a refusal by the platform, naming the field, and keeps talking', () => {
    const refused = [{ field: 'age', code: 'Engage.Unprocessable' }];
    const run = playing([{ ...said, customerProfile: { age: 'old' } }], { written: [], refused });
    run.says();
    expect(run.state.report.log).toContainEqual(
      expect.objectContaining({
        ...{ code: 'profileFieldNotWritten', field: 'age', failure: 'Engage.Unprocessable' },
      }),
    );
    expect([run.state.ownership.phase, run.state.report.attention]).toEqual(['bot', []]);
  });

  it('notes that the platform did not take it at all, and why', () => {
    const failed = { failed: 'Engage.Forbidden' };
    const run = playing([{ ...said, customerProfile: { plan: 'gold' } }], failed as never);
    run.says();
    expect(run.state.report.log).toContainEqual(
      expect.objectContaining({ code: 'profileNotWritten', failure: 'Engage.Forbidden' }),
    );
    expect(run.state.report.attention).toEqual([]);
  });

  it('notes a refusal of its own, naming the field', () => {
    const run = playing([{ ...said, customerProfile: { plan: '' } }], { written: [], refused: [] });
    run.says();
    expect(run.state.report.log).toContainEqual(
      expect.objectContaining({ code: 'profileFieldRefused', field: 'plan', why: 'emptied' }),
    );
    expect([run.count('writeProfile'), run.posts()]).toEqual([0, ['ANSWER']]);
  });

  it('writes nothing where the business says so, or the settings are older', () => {
    const older = { handoverNote: 'NOTE', openIntervention: 'first' } as const;
    const run = playing(
      [{ ...said, customerProfile: { plan: 'gold' } }],
      { written: [], refused: [] },
      older,
    );
    run.says();
    expect([run.count('writeProfile'), run.state.conversation.profile]).toEqual([0, undefined]);
  });

  it('keeps the note short, however large the profile', () => {
    const customerProfile = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`field${i}`, 'x'.repeat(900)]),
    );
    const run = playing([{ ...said, customerProfile }], { written: [], refused: [] });
    run.says();
    const note = { do: 'leaveNote', about: 'handover', key: '', epoch: 1 } as const;
    expect(accountOf(run.state, note).length).toBeLessThanOrEqual(4_000);
  });
});
