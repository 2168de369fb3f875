/** Messenger's thread control, played on the pure core: give, take, who asks, and what is lost. */
import { describe, expect, it } from 'vitest';
import type { SourceSettings } from '../../../workflows/contract/source-settings.js';
import { asPosted, CoreRun } from '../../harness/core-run.js';
import {
  agentReplied,
  brandPosted,
  controlEvent,
  customerWrote,
  interventionEvent,
} from '../../harness/facts.js';
import { onMessenger } from '../../harness/thread-settings.js';

const done = { is: 'done' } as const;
const refused = { is: 'refused', code: 'Engage.Unprocessable' } as const;
const owner = (appId?: string) => ({ is: 'owner', ...(appId && { appId }) }) as const;
const within = 10_000;

/** The bot has answered, and so has control. */
function greeted(settings: Partial<SourceSettings> = onMessenger('bot')): CoreRun {
  const run = new CoreRun(settings).handleEvent(customerWrote({ id: '1', at: 0 })).wait(1_000);
  run.end('askBot', { replies: [{ body: 'HI' }] }).end('meetCustomer', { customerId: 'ana' });
  run.end('controlThread', owner('app-bot'));
  return run.end('postReply', asPosted(run));
}

/** … and hands over. */
function asked(settings?: Partial<SourceSettings>): CoreRun {
  const run = greeted(settings).handleEvent(customerWrote({ id: '2', at: 2_000, body: 'human' }));
  return run.wait(1_000);
}

function call(run: CoreRun): string | undefined {
  const {
    outbox: { inFlight: work },
  } = run.state;
  return work?.do === 'controlThread' ? work.input.call : work?.do;
}

const at = (run: CoreRun) => run.now - run.began;

describe('giving', () => {
  it('asks Engage, waits for Facebook’s word, passes, and only then tells the customer', () => {
    const run = asked();
    expect(run.state.outbox.inFlight).toMatchObject({
      input: { call: 'ask', from: 'bot', to: 'agent' },
    });
    run.end('controlThread', done);
    expect(run.doing()).toBeUndefined();
    run.handleEvent(controlEvent('requested', 'app-platform', at(run) + 100));
    expect(run.state.outbox.inFlight).toMatchObject({
      input: { call: 'pass', appId: 'app-platform' },
    });
    run.end('controlThread', done).end('recategorise', { categoryIds: ['category-agent'] });
    expect(run.state.outbox.inFlight).toMatchObject({
      do: 'postReply',
      input: { body: 'HANDOVER' },
    });
    expect(run.state.outbox.inFlight?.input).not.toHaveProperty('messenger');
  });

  it('takes a request that is faster than the answer', () => {
    const run = asked().handleEvent(controlEvent('requested', 'app-platform', 3_100));
    expect(call(run)).toBe('ask');
    run.end('controlThread', done);
    expect(call(run)).toBe('pass');
  });

  it('passes all the same when the request never comes', () => {
    const run = asked().end('controlThread', done).wait(within);
    expect(call(run)).toBe('look');
    run.end('controlThread', owner('app-bot'));
    expect(call(run)).toBe('pass');
  });

  it.each([
    ['a refused pass', refused],
    ['a lost one', { failed: 'Messenger.AnswerLost' }],
  ])('looks after %s: who has it, has it', (_, outcome) => {
    const run = asked().handleEvent(controlEvent('requested', 'app-platform', 3_100));
    run.end('controlThread', done).end('controlThread', outcome);
    expect(call(run)).toBe('look');
    run.end('controlThread', owner('app-platform'));
    expect(run.doing()).toBe('recategorise');
  });

  it('keeps to the app that has requested it, when the pass is refused', () => {
    const run = asked().handleEvent(controlEvent('requested', 'app-third', 3_100));
    run
      .end('controlThread', done)
      .end('controlThread', refused)
      .end('controlThread', owner('app-bot'));
    expect(run.state.outbox.inFlight).toMatchObject({
      input: { call: 'pass', appId: 'app-third' },
    });
  });

  it('that the platform refuses is a handover refused, told in the bot’s own name', () => {
    const run = asked().end('controlThread', refused);
    expect(run.state).toMatchObject({
      ownership: { phase: 'bot' },
      report: { attention: [{ code: 'handoverFailed' }] },
    });
    expect(run.state.outbox.inFlight).toMatchObject({
      do: 'postReply',
      input: { body: 'HANDOVER FAILED', messenger: { customerId: 'ana' } },
    });
    expect(run.works.filter((work) => work.do === 'recategorise')).toEqual([]);
  });

  it('gives up after its tries: Facebook passes nothing', () => {
    const run = asked().handleEvent(controlEvent('requested', 'app-platform', 3_100));
    run.end('controlThread', done);
    for (let i = 0; call(run) === 'pass' && i < 9; i += 1) {
      run.end('controlThread', refused);
      if (call(run) === 'look') run.end('controlThread', owner('app-bot'));
    }
    expect(run.state).toMatchObject({
      ownership: { phase: 'bot' },
      report: { attention: [{ code: 'handoverFailed' }] },
    });
  });

  it('takes control back when the categories are refused', () => {
    const run = asked().handleEvent(controlEvent('requested', 'app-platform', 3_100));
    run.end('controlThread', done).end('controlThread', done);
    run.end('recategorise', { failed: 'Engage.NotAuthorised' });
    expect(call(run)).toBe('look');
    run.end('controlThread', owner('app-platform'));
    expect(run.state.outbox.inFlight).toMatchObject({
      input: { call: 'ask', to: 'bot', appId: 'app-bot' },
    });
    run.end('controlThread', done).handleEvent(controlEvent('passed', 'app-bot', at(run) + 100));
    expect(run.state.outbox.inFlight).toMatchObject({
      do: 'postReply',
      input: { body: 'HANDOVER FAILED' },
    });
  });
});

describe('who asks gets it', () => {
  it.each(['bot', 'platform', 'none'] as const)('while the bot has it (%s)', (primary) => {
    const run = greeted(onMessenger(primary));
    run.handleEvent(controlEvent('requested', 'app-platform', 5_000));
    expect(run.state.ownership.phase).toBe('handover');
    expect(run.state.outbox.inFlight).toMatchObject({
      input: { call: 'pass', appId: 'app-platform' },
    });
  });

  it('the page’s own inbox too', () => {
    const run = greeted().handleEvent(controlEvent('requested', 'app-inbox', 5_000));
    expect(run.state.outbox.inFlight).toMatchObject({
      input: { call: 'pass', appId: 'app-inbox' },
    });
  });

  it('after the end as well', () => {
    const run = greeted();
    run.take({ type: 'command', command: { do: 'close', by: 'olga', why: 'done' } });
    run.handleEvent(controlEvent('requested', 'app-platform', at(run) + 100));
    expect(call(run)).toBe('pass');
  });

  it('but not the answer to a handover that was called off', () => {
    const run = asked({ ...onMessenger('bot'), cancelWords: ['cancel'] });
    run.take({ type: 'command', command: { do: 'returnToBot', by: 'olga', why: 'no' } });
    run.end('controlThread', done);
    run.handleEvent(controlEvent('requested', 'app-platform', at(run) + 100));
    expect(run.state.ownership.phase).toBe('bot');
  });
});

describe('taking', () => {
  function claimed(primary: 'bot' | 'platform' | 'none', appId?: string): CoreRun {
    const run = new CoreRun(onMessenger(primary)).handleEvent(customerWrote({ id: '1', at: 0 }));
    run.wait(1_000).end('askBot', { replies: [{ body: 'HI' }] });
    return run.end('meetCustomer', { customerId: 'ana' }).end('controlThread', owner(appId));
  }

  it.each([
    ['none', undefined, 'request'],
    ['bot', undefined, 'take'],
    ['platform', 'app-platform', 'ask'],
  ] as const)('primary %s, control with %s: %s', (primary, appId, wanted) => {
    const run = claimed(primary, appId);
    expect(call(run)).toBe(wanted);
    run.end('controlThread', done);
    if (wanted === 'request') run.end('controlThread', owner('app-bot'));
    if (wanted === 'ask') run.handleEvent(controlEvent('passed', 'app-bot', at(run) + 100));
    expect(run.state.outbox.inFlight).toMatchObject({ do: 'postReply', input: { body: 'HI' } });
  });

  it('refused while a human is engaged, leaves the thread to humans, and a person is called', () => {
    const run = claimed('platform', 'app-platform').end('controlThread', refused);
    expect(run.state).toMatchObject({
      ownership: { phase: 'handover' },
      report: { attention: [{ code: 'controlNotMoved' }] },
    });
    expect(run.doing()).toBe('recategorise');
    run.end('recategorise', { categoryIds: [] });
    expect(run.posts()).toEqual([]);
    expect(run.doing()).toBeUndefined();
  });

  it('looks when the pass it was promised does not come, and asks again', () => {
    const run = claimed('platform', 'app-platform').end('controlThread', done).wait(within);
    expect(call(run)).toBe('look');
    run.end('controlThread', owner('app-platform'));
    expect(call(run)).toBe('ask');
  });

  it('takes it in the end, where the page’s primary app is ours', () => {
    const run = claimed('bot', 'app-platform');
    const calls: (string | undefined)[] = [];
    for (let i = 0; i < 6 && calls.at(-1) !== 'take'; i += 1) {
      calls.push(call(run));
      run.end('controlThread', call(run) === 'look' ? owner('app-platform') : done);
      if (run.doing() === undefined) run.wait(within);
    }
    expect(calls).toEqual(['ask', 'look', 'ask', 'look', 'take']);
    expect(run.state.outbox.inFlight).toMatchObject({ do: 'postReply', input: { body: 'HI' } });
  });

  it('another app took it just before the bot spoke: the reply waits for control', () => {
    const run = greeted()
      .handleEvent(customerWrote({ id: '2', at: 5_000 }))
      .wait(1_000);
    run.end('askBot', { replies: [{ body: 'MORE' }] }).end('postReply', { is: 'noControl' });
    expect(call(run)).toBe('look');
    run.end('controlThread', owner('app-bot'));
    expect(run.state.outbox.inFlight).toMatchObject({ do: 'postReply', input: { body: 'MORE' } });
  });

  it('told that Engage’s app took it, the bot is silent', () => {
    const run = greeted().handleEvent(controlEvent('taken', 'app-platform', 5_000));
    expect(run.state).toMatchObject({ ownership: { phase: 'handover' } });
    expect(run.doing()).toBe('recategorise');
    run.end('recategorise', { categoryIds: [] }).handleEvent(agentReplied({ id: 'a', at: 6_000 }));
    expect(run.state.ownership.phase).toBe('agent');
  });
});

it('the bot lets go of what is not its own when it has solved the matter', () => {
  const run = greeted(onMessenger('none'))
    .handleEvent(customerWrote({ id: '2', at: 5_000 }))
    .wait(1_000);
  run.end('askBot', { replies: [], isSolved: true });
  expect(run.state.ownership.phase).toBe('closed');
  expect(call(run)).toBe('release');
});

it('its own words, come back from Messenger, are no human’s', () => {
  const run = greeted();
  const foreignId = run.state.outbox.sent[0]?.contentId ?? '';
  const { content, id, issuedAt } = brandPosted({ id: 'echo', at: 3_000, body: 'HI' });
  const fact = { id, issuedAt, type: 'content.imported' } as const;
  run.handleEvent({ ...fact, content: { ...content, foreignId } });
  expect(run.state).toMatchObject({
    ownership: { phase: 'bot' },
    report: { counts: { crossedReplies: 0 } },
  });
  const other = { ...content, id: 'content-other', foreignId: 'm_other', body: 'I am human' };
  run.handleEvent({ ...fact, id: 'other', content: other });
  expect(run.state.ownership.phase).toBe('agent');
});

it('after the human is done nobody is known to have control: it is looked at first', () => {
  const run = asked().handleEvent(controlEvent('requested', 'app-platform', 3_100));
  run.end('controlThread', done).end('controlThread', done);
  run.end('recategorise', { categoryIds: ['category-agent'] }).end('postReply', asPosted(run));
  run.handleEvent(agentReplied({ id: 'a', at: 9_000 }));
  run.handleEvent(
    interventionEvent('intervention.closed', { id: 'i', at: 10_000, userId: 'user-agent' }),
  );
  expect(run.state.routing.messengerControl?.owner).toBe('unknown');
});
