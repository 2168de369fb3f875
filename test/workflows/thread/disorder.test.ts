/**
 * A conversation whose every fact comes five times, once of them 25 hours late, in any order within a
 * minute, with a continue-as-new in the middle: what the thread knows and does in the end is what it
 * would be without all that. A thousand threads, each in a disorder of its own.
 */
import { describe, expect, it } from 'vitest';
import { deadlines } from '../../../workflows/thread/planning/deadlines.js';
import type { EngageEvent } from '../../../workflows/contract/engage-event.js';
import type { ThreadState } from '../../../workflows/thread/state/state.js';
import { CoreRun, placedIn } from '../../harness/core-run.js';
import { agentReplied, customerWrote, interventionEvent, ourEcho } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';
import { everyRule, withoutChecks } from '../../harness/thread-settings.js';

const threads = 1_000;
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Facts closer together than they may be late. */
const facts: readonly EngageEvent[] = [
  customerWrote({ id: '1', at: 0, body: 'hello' }),
  customerWrote({ id: '2', at: 20 * second, body: 'where is it?' }),
  customerWrote({ id: '3', at: 60 * second, body: 'a human please' }),
  interventionEvent('intervention.opened', { id: 'i', at: 80 * second, ownerId: 'user-agent' }),
  agentReplied({ id: '4', at: 85 * second, body: 'Good morning.' }),
  customerWrote({ id: '5', at: 95 * second, body: 'it is blue' }),
  agentReplied({ id: '6', at: 110 * second, body: 'Found it.' }),
  interventionEvent('intervention.closed', { id: 'i', at: 115 * second, userId: 'user-agent' }),
  customerWrote({ id: '7', at: 20 * minute, body: 'and my other one?' }),
];

type Delivery = { readonly at: number; readonly event: EngageEvent };

function play(deliveries: readonly Delivery[], continuesAfter: number): CoreRun {
  const settings = { ...withoutChecks(everyRule('reopen-to-bot')), escalations: {} };
  const run = new CoreRun({ ...settings, openIntervention: 'never' });
  const queue = [...deliveries].sort((a, b) => a.at - b.at);
  for (const [index, { at, event }] of queue.entries()) {
    advance(run, run.began + at);
    run.take({ type: 'events', events: [event] });
    if (index === continuesAfter) {
      run.state = JSON.parse(JSON.stringify(run.state)) as ThreadState;
    }
    work(run);
  }
  advance(run, run.began + 27 * hour);
  return run;
}

function advance(run: CoreRun, to: number): void {
  while (run.now < to) {
    const [next] = deadlines(run.state).filter(({ at }) => at > run.now);
    work(run.wait(Math.min(next?.at ?? to, to) - run.now));
  }
}

let posts = 0;
/** The platform does at once whatever is asked of it, and echoes what it was given to say. */
function work(run: CoreRun): void {
  for (let doing = run.state.outbox.inFlight; doing; doing = run.state.outbox.inFlight) {
    if (doing.do === 'askBot') {
      const ids = doing.input.turn.burst.map(({ id }) => id).join(' ');
      run.end('askBot', { replies: [{ body: `about ${ids}` }] });
    } else if (doing.do === 'postReply') {
      posts += 1;
      const { inReplyToId } = doing.input;
      const contentId = `content-post-${posts}`;
      const posted = { contentId, createdAt: run.now, contentsBefore: 0 };
      run.end('postReply', { is: 'posted', ...posted });
      const echo = ourEcho({ id: `post-${posts}`, at: run.now - run.began }, inReplyToId);
      run.take({ type: 'events', events: [echo, echo] });
    } else if (doing.do === 'readThread') {
      run.end('readThread', { categoryIds: [placedIn(run)], isLocked: false });
    } else if (doing.do === 'recategorise') run.end('recategorise', { categoryIds: [] });
    else if (doing.do === 'leaveNote') run.end('leaveNote', { is: 'done' });
    else throw new Error(`unexpected ${doing.do}`);
  }
}

/** What must not depend on how the facts came. */
function outcome({ state, works }: CoreRun) {
  const human = state.conversation.record.filter(({ by }) => by !== 'bot');
  const answered = works.flatMap((one) =>
    one.do === 'postReply' && one.input.body.startsWith('about') ? [one.input.body] : [],
  );
  return {
    phase: state.ownership.phase,
    reason: state.ownership.reason,
    record: human.map(({ contentId, by }) => `${by} ${contentId}`),
    answersToTheLast: answered.filter((body) => body.includes('content-7')).length,
    repeated: answered.length - new Set(answered).size,
    isNotifiedOnce:
      works.filter((one) => one.do === 'postReply' && one.input.body === 'HANDOVER').length <= 1,
  };
}

const clean = play(
  facts.map((event) => ({ at: event.issuedAt - new CoreRun().began, event })),
  -1,
);

it('the clean run is what it should be', () => {
  expect(outcome(clean)).toEqual({
    phase: 'closed',
    reason: 'customerSilent',
    record: [
      'customer content-1',
      'customer content-2',
      'customer content-3',
      'agent content-4',
      'customer content-5',
      'agent content-6',
      'customer content-7',
    ],
    answersToTheLast: 1,
    repeated: 0,
    isNotifiedOnce: true,
  });
});

it(`is the same in ${threads} of ${threads} threads`, () => {
  const wanted = outcome(clean);
  let random = 20_260_115;
  const upTo = (limit: number) => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return random % limit;
  };
  const different: unknown[] = [];
  for (let thread = 0; thread < threads; thread += 1) {
    const deliveries = facts.flatMap((event) => {
      const at = event.issuedAt - clean.began;
      const soon = [0, 1, 2, 3].map(() => ({ at: at + upTo(minute), event }));
      return [...soon, { at: at + 25 * hour, event }];
    });
    const found = outcome(play(deliveries, upTo(deliveries.length)));
    if (JSON.stringify(found) !== JSON.stringify(wanted)) different.push({ thread, ...found });
  }
  expect(different).toEqual([]);
});

describe('a platform whose clock is some seconds ahead of ours', () => {
  it('keeps its order: what the customer wrote before the agent is no new question', () => {
    const rules = { ...withoutChecks(everyRule('reopen-to-bot')), settleWindow: 1_000 };
    const run = new PlayedRun({ ...rules, openIntervention: 'never' });
    run.handleEvent(agentReplied({ id: 'a', at: 8_000 })).settle();
    const done = { id: 'i', at: 8_500, userId: 'user-agent' };
    run.handleEvent(interventionEvent('intervention.closed', done)).settle();
    run.pass(60_000);
    run.take({ type: 'backfilled', events: [customerWrote({ id: 'c', at: 7_000 })] }).settle();
    run.pass(60_000);
    expect([run.state.ownership.phase, run.posts()]).toEqual(['closed', []]);
  });
});
