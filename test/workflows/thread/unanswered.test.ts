/** Who must speak next: whoever gets the thread gets what nobody has answered. */
import { describe, expect, it } from 'vitest';
import { agentReplied, customerWrote, interventionEvent, taskTaken } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';
import { reportUndelivered } from '../../harness/rules-meet.js';
import { everyRule, withoutChecks } from '../../harness/thread-settings.js';
import type { Command } from '../../../workflows/thread/transitions/commands.js';

const [minute, hour] = [60_000, 60 * 60_000];
const by = { by: 'kim', why: 'a reason' };
const rules = {
  ...withoutChecks(everyRule('reopen-to-bot')),
  openIntervention: 'never' as const,
  escalations: {},
};
const reminding = {
  ...rules,
  escalations: { agentSilent: [{ after: 15 * minute, do: 'remind' as const }] },
};
const agents = ['category-agent'];
const command = (what: Command['do']) => ({ do: what, ...by }) as Command;

function withAgent(settings = rules): PlayedRun {
  const run = new PlayedRun(settings);
  run.says('a human please');
  return run.agentSays();
}

/** The customer writes while humans have the thread. */
function asks(run: PlayedRun, body = 'where is it?', id = 'later'): PlayedRun {
  return run.handleEvent(customerWrote({ id, at: run.at, body }, agents)).settle();
}

const bodies = (run: PlayedRun) => run.asked.at(-1)?.burst.map(({ body }) => body);

describe('the bot answers what is open', () => {
  it('when an operator returns the thread', () => {
    const run = asks(withAgent()).pass(10 * minute);
    run.commands(command('returnToBot')).pass(minute);
    expect(bodies(run)).toEqual(['where is it?']);
    expect(run.posts().at(-1)).toBe('ANSWER');
    expect(run.state.conversation.unanswered).toEqual([]);
  });

  it('when an agent gives the thread back by its category', () => {
    const run = withAgent();
    const categoryIds = ['category-bot'];
    run.handleEvent(customerWrote({ id: '2', at: run.at, body: 'opening hours?' }, categoryIds));
    run.end('readThread', { categoryIds, isLocked: false }).pass(minute);
    expect(run.state.ownership).toMatchObject({ phase: 'bot', reason: 'categoryReturned' });
    expect(bodies(run)).toEqual(['opening hours?']);
  });

  it.each(['while the burst waits', 'while the bot thinks'])(
    'when an emergency ends that was declared %s',
    (when) => {
      const run = new PlayedRun(rules);
      run.handleEvent(customerWrote({ id: '1', at: 0, body: 'where is it?' }));
      if (when === 'while the bot thinks') run.wait(1_000);
      run.commands(command('moveToHumans')).pass(10 * minute);
      expect(run.state.ownership).toMatchObject({ phase: 'handover', reason: 'emergency' });
      expect(run.posts()).toEqual([]);
      run.commands(command('giveBack')).pass(minute);
      expect(run.posts()).toEqual(['ANSWER']);
    },
  );

  it('when the bot is mended after a handover for its failures', () => {
    let isMended = false;
    const answer = () =>
      isMended ? { replies: [{ body: 'ANSWER' }] } : { failed: 'Timeout' as const };
    const run = new PlayedRun(rules, { answer });
    run.says('where is it?');
    run.says('hello?');
    expect(run.state.ownership).toMatchObject({ phase: 'handover', reason: 'botFailed' });
    isMended = true;
    run.commands(command('returnToBot')).pass(minute);
    expect(run.posts().at(-1)).toBe('ANSWER');
  });

  it('but not what asked for a human, when no human came: attention stays', () => {
    const escalations = {
      nobodyComes: [{ after: minute, do: 'backToBot' as const, say: 'SORRY' }],
    };
    const run = new PlayedRun({ ...rules, escalations });
    run.says('a human please');
    run.pass(3 * 24 * hour);
    expect(run.asked).toEqual([]);
    expect(run.state.ownership.phase).toBe('bot');
    expect(run.state.report.attention).toMatchObject([{ code: 'nobodyComes' }]);
  });
});

describe('a request for a human that ends without one', () => {
  it('is not asked of the bot when an operator returns the thread; a person is called', () => {
    const run = new PlayedRun(rules);
    run.says('a human please');
    run.commands(command('returnToBot')).pass(minute);
    expect([run.asked, run.state.ownership.phase]).toEqual([[], 'bot']);
    expect(run.state.report.attention).toMatchObject([{ code: 'nobodyComes' }]);
  });

  it('is over when the bot answers what the customer writes next', () => {
    const run = new PlayedRun(rules);
    run.says('a human please');
    run.commands(command('returnToBot')).pass(minute);
    run.says('where is it?');
    expect(run.posts().at(-1)).toBe('ANSWER');
    expect(run.state).toMatchObject({
      conversation: { unanswered: [] },
      report: { attention: [] },
    });
  });

  it('stays known when a rule of the platform closes the thread', () => {
    const run = new PlayedRun(rules);
    run.says('a human please');
    run.handleEvent({ id: 'auto', type: 'content.thread_auto_closed', issuedAt: run.now + 1_000 });
    expect(run.state.ownership.phase).toBe('closed');
    expect(run.state.report.attention).toMatchObject([{ code: 'nobodyComes' }]);
  });
});

describe('only words end the waiting', () => {
  it('a human who takes the thread without a word is silent', () => {
    const run = new PlayedRun(reminding);
    run.says('a human please');
    run.handleEvent(taskTaken({ id: 't', at: run.at, agentId: 'user-agent' })).pass(16 * minute);
    expect(run.state.ownership.phase).toBe('agent');
    expect(run.state.report.attention).toMatchObject([{ code: 'agentSilent' }]);
  });

  it('such a thread is not closed as if the customer were the silent one', () => {
    const closing = { customerSilentWithAgent: [{ after: 48 * hour, do: 'close' as const }] };
    const run = new PlayedRun({ ...rules, escalations: closing });
    run.says('a human please');
    run.handleEvent(taskTaken({ id: 't', at: run.at, agentId: 'user-agent' })).pass(49 * hour);
    expect(run.state.ownership.phase).toBe('agent');
  });

  it('earlier words of a human, received late, answer nothing that came after them', () => {
    const run = withAgent(reminding);
    asks(run.pass(hour), 'and the refund?');
    const earlier = agentReplied({ id: 'b', at: run.at - 10_000 });
    run.take({ type: 'events', events: [earlier] }).pass(2 * hour);
    expect(run.state.report.attention).toMatchObject([{ code: 'agentSilent' }]);
  });
});

it('a human’s content of which only the second is known answers nothing written in that second', () => {
  const run = new PlayedRun(rules);
  run.handleEvent(customerWrote({ id: '1', at: 400, body: 'where is it?' })).wait(1_000);
  run.end('askBot', { replies: [{ body: 'ANSWER' }] });
  const createdAt = run.began;
  run.end('postReply', { is: 'humanSpoke', contentId: 'withoutEvent', createdAt }).settle();
  expect(run.state.ownership.phase).toBe('agent');
  expect(run.state.conversation.unanswered.map(({ content }) => content.id)).toEqual(['content-1']);
});

describe('a customer’s content that arrives after more than a day', () => {
  const late = customerWrote({ id: '1', at: -35 * hour, body: 'where is it?' });
  const arrived = () => new PlayedRun(rules).take({ type: 'events', events: [late] });
  const record = { categoryIds: ['category-bot'], isLocked: false } as const;

  it('is answered, if the platform’s record has no answer', () => {
    const run = arrived();
    run.end('readContents', { ...record, events: [late] }).pass(minute);
    expect([run.posts(), run.state.report.attention]).toEqual([['ANSWER'], []]);
    run.take({ type: 'events', events: [late] }).pass(minute);
    expect([run.posts(), run.count('readContents')]).toEqual([['ANSWER'], 1]);
  });

  it('is not answered again, if the record has one', () => {
    const run = arrived();
    const answer = agentReplied({ id: 'answer', at: -34 * hour });
    const events = [
      late,
      { ...answer, content: { ...answer.content, inReplyToId: late.content.id } },
    ];
    run.end('readContents', { ...record, events }).pass(minute);
    expect([run.posts(), run.state.report.attention]).toEqual([[], []]);
  });
});

describe('what is no question', () => {
  it('a content that the account files as spam', () => {
    const run = new PlayedRun(rules);
    const event = customerWrote({ id: '1', at: 0, body: 'spam' });
    const content = { ...event.content, status: 'ignored' };
    run.handleEvent({ ...event, content }).pass(minute);
    expect([run.posts(), run.state.conversation.unanswered]).toEqual([[], []]);
  });

  it('an event older than anything that a new run can know, if the record has no such question', () => {
    const run = new PlayedRun(rules);
    run.says('new');
    const old = customerWrote({ id: '0', at: -72 * hour, body: 'old' });
    run.take({ type: 'events', events: [old] }).pass(minute);
    expect(run.posts()).toEqual(['ANSWER']);
    expect(run.state.report.counts.stale).toBe(1);
    expect(run.count('readContents')).toBe(1);
  });

  it('a human’s old words, of which no record is read', () => {
    const run = new PlayedRun(rules);
    run.take({ type: 'events', events: [agentReplied({ id: '0', at: -72 * hour })] }).pass(minute);
    expect([run.state.report.counts.stale, run.count('readContents')]).toEqual([1, 0]);
  });

  it('the approval of a human’s words, which the record has already', () => {
    const run = withAgent();
    const { record } = run.state.conversation;
    const said = record.filter((one) => one.by === 'agent');
    const words = agentReplied({ id: said[0]!.contentId.replace('content-', ''), at: run.at });
    const approved = { ...words, id: 'approved', type: 'content.approved' as const };
    run.handleEvent(approved).settle();
    expect(run.state.conversation.record).toHaveLength(record.length);
  });
});

describe('a fact whose time is ahead of ours', () => {
  it('makes nothing after it late', () => {
    const run = withAgent();
    const ahead = agentReplied({ id: 'ahead', at: run.at + 24 * hour });
    run.take({ type: 'events', events: [ahead] }).settle();
    run
      .pass(minute)
      .agentCloses()
      .pass(10 * minute);
    expect(run.state.ownership.phase).toBe('closed');
    expect(run.says() && run.posts().at(-1)).toBe('ANSWER');
  });
});

describe('the account’s own emergency', () => {
  const escalations = {
    nobodyComes: [
      { after: 10 * minute, do: 'remind' as const },
      { after: 30 * minute, do: 'backToBot' as const, say: 'SORRY' },
    ],
  };
  function takenAway(): PlayedRun {
    const run = new PlayedRun({ ...rules, escalations });
    run.handleEvent(customerWrote({ id: '1', at: 0, body: 'where is it?' }, agents)).wait(1_000);
    return run.end('readThread', { categoryIds: agents, isLocked: false }).settle();
  }

  it('stands on no escalation', () => {
    const run = takenAway().pass(2 * hour);
    expect(run.state.ownership).toMatchObject({ phase: 'handover', reason: 'categoryChanged' });
    expect(run.state.report.attention).toMatchObject([{ code: 'nobodyComes' }]);
    expect([run.posts(), run.count('recategorise')]).toEqual([[], 0]);
  });

  it('is not ended by the customer’s word', () => {
    const run = takenAway();
    run.handleEvent(customerWrote({ id: '2', at: run.at, body: 'cancel' }, agents)).pass(minute);
    expect(run.state.ownership.phase).toBe('handover');
  });
});

describe('a reply that the channel does not deliver', () => {
  function undelivered(settings = {}): PlayedRun {
    const run = new PlayedRun({ ...rules, ...settings });
    run.says('where is it?');
    reportUndelivered(run);
    return run.settle();
  }

  it('is no silence of the customer: the thread is not closed', () => {
    const run = undelivered().pass(5 * 24 * hour);
    expect(run.state.ownership.phase).toBe('bot');
    expect(run.state.report.attention).toMatchObject([{ code: 'replyUndelivered' }]);
  });

  it('goes to a human where the business wants that', () => {
    const run = undelivered({ whenUndelivered: 'handOver' });
    expect(run.state.ownership).toMatchObject({ phase: 'handover', reason: 'replyRefused' });
  });
});

describe('the right owner afterwards', () => {
  it('the bot, where an agent completed and locked the thread, and the customer is back', () => {
    const run = withAgent();
    run.handleEvent(
      interventionEvent('intervention.closed', { id: 'i', at: run.at, userId: 'user-agent' }),
    );
    run.handleEvent({ id: 'lock', type: 'content.thread_closed', issuedAt: run.now }).pass(hour);
    run.handleEvent({ id: 'open', type: 'content.thread_opened', issuedAt: run.now });
    run
      .handleEvent(customerWrote({ id: 'back', at: run.at, body: 'me again' }, agents))
      .pass(minute);
    expect(run.state.ownership.phase).toBe('bot');
    expect(run.posts().at(-1)).toBe('ANSWER');
  });

  it('the bot after the inclusion delay, where an operator closed what stays with agents', () => {
    const run = new PlayedRun({ ...rules, policies: ['hand-over-when-asked', 'stay-with-agent'] });
    run.says('human');
    run
      .agentSays()
      .commands(command('close'))
      .pass(25 * hour);
    expect(run.works.findLast((work) => work.do === 'recategorise')?.input).toMatchObject({
      in: 'category-bot',
    });
  });
});
