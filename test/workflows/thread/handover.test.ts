/** A handover is whole or not at all, and an emergency is one without a word: played on the pure core. */
import { describe, expect, it } from 'vitest';
import type { SourceSettings } from '../../../workflows/contract/source-settings.js';
import type { Availability } from '../../../workflows/contract/work.js';
import { asPosted, CoreRun } from '../../harness/core-run.js';
import { customerWrote, interventionEvent, taskTaken } from '../../harness/facts.js';
import { everyRule } from '../../harness/thread-settings.js';

const minute = 60_000;
const { availability, ...rules } = everyRule('reopen-to-bot');
const done = { is: 'done' } as const;
const refused = { is: 'refused', code: 'Engage.NotAuthorised' } as const;

/** The bot hands over, with a customer profile. */
function asked(settings: Partial<SourceSettings> = rules): CoreRun {
  const run = new CoreRun(settings).handleEvent(
    customerWrote({ id: '1', at: 0, body: 'my order is 7' }),
  );
  const handOver = { because: 'botGaveUp', fields: { order: '7' } } as const;
  return run.wait(1_000).end('askBot', { replies: [{ body: 'BYE' }], handOver });
}

/** … and the intervention is open. */
function accounting(): CoreRun {
  return asked().end('openIntervention', { is: 'opened', interventionId: 'i' });
}

function placed(run = accounting()): CoreRun {
  run.end('leaveNote', done).end('setFields', done);
  return run.end('recategorise', { categoryIds: ['category-agent'] });
}

describe('a handover', () => {
  it('tells the human who, why and what was said, then moves the thread, then tells the customer', () => {
    const run = placed();
    run.end('postReply', asPosted(run));
    expect(run.works.map((work) => work.do)).toEqual([
      'askBot',
      'openIntervention',
      'leaveNote',
      'setFields',
      'recategorise',
      'postReply',
    ]);
    const [note] = run.works.flatMap((work) => (work.do === 'leaveNote' ? [work.input] : []));
    expect(note?.body).toBe('NOTE the bot did not know what to say\n\nCustomer: my order is 7');
    const [fields] = run.works.flatMap((work) => (work.do === 'setFields' ? [work.input] : []));
    expect(fields).toEqual({ interventionId: 'i', fields: { order: '7' } });
    expect(run.posts()).toEqual(['BYE']);
    expect(run.state.report.attention).toEqual([]);
  });

  it.each([
    ['note', refused, done],
    ['note, for ever', { failed: 'Engage.PlatformFailed' }, done],
    ['fields', done, refused],
  ])('goes on without its %s, and a person is called', (_, note, fields) => {
    const run = accounting().end('leaveNote', note).end('setFields', fields);
    run.end('recategorise', { categoryIds: [] }).end('postReply', asPosted(run));
    expect(run.state).toMatchObject({
      ownership: { phase: 'handover' },
      report: { attention: [{ code: 'handoverNotNoted' }] },
    });
    expect(run.posts()).toEqual(['BYE']);
  });

  it('goes on where no intervention can be opened: there is nothing to write on', () => {
    const run = asked().end('openIntervention', refused);
    expect(run.doing()).toBe('recategorise');
  });

  it.each(['NotAuthorised', 'NotFound', 'Unprocessable'])(
    'the platform refuses (%s) is back with the bot, said so once, and a person is called',
    (cause) => {
      const run = accounting().end('leaveNote', done).end('setFields', done);
      run.end('recategorise', { failed: `Engage.${cause}` }).end('postReply', asPosted(run));
      expect(run.posts()).toEqual(['HANDOVER FAILED']);
      expect(run.state).toMatchObject({
        ownership: { phase: 'bot' },
        report: { attention: [{ code: 'handoverFailed' }] },
      });
      expect(run.doing()).toBeUndefined();
    },
  );
});

describe('its confirmation', () => {
  it('is a task of the platform’s', () => {
    const run = placed();
    run.handleEvent({ ...taskTaken({ id: 't', at: 2_000, agentId: 'x' }), type: 'task.created' });
    run.end('postReply', asPosted(run)).wait(4 * minute);
    expect(run.state.report.attention).toEqual([]);
    expect(run.works.filter((work) => work.do === 'recategorise')).toHaveLength(1);
  });

  it('is no task from before it', () => {
    const run = placed();
    run.handleEvent({ ...taskTaken({ id: 't', at: 0, agentId: 'x' }), type: 'task.created' });
    run.end('postReply', asPosted(run)).wait(minute);
    expect(run.state.outbox.inFlight).toMatchObject({ do: 'recategorise' });
  });

  it('missing, the categories are set again; still missing, a person is called', () => {
    const run = placed();
    run.end('postReply', asPosted(run)).wait(minute);
    expect(run.state.outbox.inFlight).toMatchObject({
      do: 'recategorise',
      input: { isAgain: true },
    });
    run.end('recategorise', { categoryIds: [] }).wait(minute);
    expect(run.state).toMatchObject({
      ownership: { phase: 'handover' },
      report: { attention: [{ code: 'handoverUnconfirmed' }] },
    });
    run.handleEvent(
      interventionEvent('intervention.opened', { id: 'j', at: 3 * minute, ownerId: 'x' }),
    );
    expect(run.state).toMatchObject({
      ownership: { phase: 'agent' },
      report: { attention: [] },
    });
  });

  it('was refused the second time: the thread is with the humans all the same', () => {
    const run = placed();
    run.end('postReply', asPosted(run)).wait(minute);
    run.end('recategorise', { failed: 'Engage.NotAuthorised' });
    expect(run.state).toMatchObject({
      ownership: { phase: 'handover' },
      report: { attention: [{ code: 'categoriesNotSet' }] },
    });
  });
});

describe('the desk', () => {
  const closed: Availability = { isOpen: false, opens: 'nine', agents: 'unknown' };
  const withAvailability = { ...rules, ...(availability && { availability }) };

  it.each<[string, Availability | { failed: string }, string, string | undefined]>([
    ['closed', closed, 'bot', 'CLOSED UNTIL nine'],
    ['empty', { isOpen: true, agents: 'nobody' }, 'handover', undefined],
    ['open', { isOpen: true, agents: 'available' }, 'handover', undefined],
    ['not to be asked', { failed: 'Timeout' }, 'handover', undefined],
  ])('%s', (_, found, phase, said) => {
    const run = asked(withAvailability).end('checkAvailability', found);
    expect(run.state.ownership.phase).toBe(phase);
    if (said === undefined) return;
    run.end('openIntervention', refused).end('postReply', asPosted(run));
    expect(run.posts()).toEqual([said]);
    run.handleEvent(customerWrote({ id: '2', at: minute })).wait(1_000);
    expect(run.doing()).toBe('askBot');
  });

  it('is not asked twice for a burst, and nothing the customer adds is lost', () => {
    const run = asked(withAvailability).handleEvent(
      customerWrote({ id: '2', at: 1_500, body: 'please' }),
    );
    run.wait(1_000);
    const questions = run.works.flatMap((work) => (work.do === 'askBot' ? [work.input.turn] : []));
    expect(questions.at(-1)?.burst).toHaveLength(2);
  });
});

describe('an emergency', () => {
  it('hands over without a word, before the bot is asked or its reply is said', () => {
    const run = new CoreRun(rules).handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    run.end('askBot', { failed: 'Emergency' });
    expect(run.state).toMatchObject({ ownership: { phase: 'handover', reason: 'emergency' } });
    const second = new CoreRun({ ...rules, openIntervention: 'never' });
    second.handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    second.end('askBot', { replies: [{ body: 'hi' }] }).end('postReply', { failed: 'Emergency' });
    expect(second.state).toMatchObject({ ownership: { phase: 'handover', reason: 'emergency' } });
    expect(second.state.outbox.items.filter((item) => item.do === 'reply')).toEqual([]);
  });

  it('moves a thread the bot has, leaves one a human has, and gives back what nobody took', () => {
    const run = new CoreRun(rules).handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    const by = { by: 'olga', why: 'drill' };
    run.take({ type: 'command', command: { do: 'moveToHumans', ...by } });
    expect(run.state).toMatchObject({
      ownership: { phase: 'handover', reason: 'emergency' },
      conversation: { turn: undefined },
    });
    run.take({ type: 'command', command: { do: 'giveBack', ...by } });
    expect(run.state.ownership.phase).toBe('bot');
    run.take({ type: 'command', command: { do: 'takeOver', ...by } });
    run.take({ type: 'command', command: { do: 'moveToHumans', ...by } });
    run.take({ type: 'command', command: { do: 'giveBack', ...by } });
    expect(run.state.ownership.phase).toBe('agent');
  });

  it('stays silent even when the platform refuses the handover', () => {
    const run = new CoreRun({ ...rules, openIntervention: 'never' });
    run
      .handleEvent(customerWrote({ id: '1', at: 0 }))
      .wait(1_000)
      .end('askBot', { failed: 'Emergency' });
    while (run.doing() === 'leaveNote') run.end('leaveNote', done);
    run.end('recategorise', { failed: 'Engage.NotAuthorised' });
    expect(run.state).toMatchObject({
      ownership: { phase: 'handover' },
      report: { attention: [{ code: 'handoverFailed' }] },
    });
    expect(run.posts()).toEqual([]);
  });
});

describe('a bot whose user the platform refuses', () => {
  function refused(time: number): CoreRun {
    const run = new CoreRun({ ...rules, openIntervention: 'never' });
    run.handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
    run.end('askBot', { replies: [{ body: 'hi' }] });
    const end = run.now + time;
    while (run.now < end) {
      if (run.doing() === 'postReply') run.end('postReply', { is: 'deactivated' });
      else run.wait(minute);
    }
    return run;
  }

  it('waits, and nobody is called for a moment', () => {
    const run = refused(5 * minute);
    expect(run.state).toMatchObject({ ownership: { phase: 'bot' }, report: { attention: [] } });
  });

  it('calls a person when it lasts, and answers when the account is well again', () => {
    const run = refused(20 * minute);
    expect(run.state.report.attention).toMatchObject([{ code: 'botDeactivated' }]);
    run.wait(5 * minute).end('postReply', asPosted(run));
    expect(run.state.report.attention).toEqual([]);
    expect(run.state.conversation.unanswered).toEqual([]);
  });
});

it('a thread given back to the bot at the desk, while nobody had come, is the bot’s again', () => {
  const run = placed();
  run.end('postReply', asPosted(run));
  run.handleEvent(customerWrote({ id: '2', at: minute, body: 'hello?' }));
  expect(run.doing()).toBe('readThread');
  run.end('readThread', { categoryIds: ['category-agent'], isLocked: false });
  expect(run.state.ownership.phase).toBe('handover');
  run.handleEvent(customerWrote({ id: '3', at: minute + 5_000, body: 'hello?' }));
  run.end('readThread', { categoryIds: ['category-bot'], isLocked: false }).wait(1_000);
  expect(run.state).toMatchObject({ ownership: { phase: 'bot', reason: 'categoryReturned' } });
  expect(run.doing()).toBe('askBot');
});
