/** The lifecycle by properties: no sequence of happenings reaches an illegal state. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlines } from '../../../workflows/thread/planning/deadlines.js';
import type { EngageEvent } from '../../../workflows/contract/engage-event.js';
import { allMoves, isRefused, move, moves, phases } from '../../../workflows/contract/lifecycle.js';
import type { ThreadState } from '../../../workflows/thread/state/state.js';
import type { Work, WorkOutcomes } from '../../../workflows/contract/work.js';
import { CoreRun } from '../../harness/core-run.js';
import { drivers, everyRule, queueRules } from '../../harness/thread-settings.js';
import {
  agentReplied,
  brandPosted,
  controlEvent,
  customerWrote,
  interventionEvent,
  ourEcho,
  queueMoved,
  start,
  taskTaken,
  welcomeMessage,
} from '../../harness/facts.js';
import { questionId } from '../../../workflows/thread/transitions/bot-request.js';
import { withReport } from '../../../workflows/thread/state/report.js';

describe('move', () => {
  it('is total: every pair leads to a phase or to a refusal that names both', () => {
    for (const phase of phases) {
      for (const reason of allMoves) {
        const outcome = move(phase, reason);
        if (isRefused(outcome)) expect(outcome).toEqual({ refused: reason, phase });
        else expect(outcome).toBe(moves[phase][reason as never]);
      }
    }
  });
});

const at = fc.integer({ min: 0, max: 600_000 });
const id = fc.integer({ min: 0, max: 30 }).map(String);
const agent = fc.constantFrom('user-agent', 'user-agent-2');
const body = fc.constantFrom('hello', 'a human please', 'thanks', '');
const categories = fc.constantFrom<string[]>(['category-bot'], ['category-agent'], []);

const event: fc.Arbitrary<EngageEvent> = fc.oneof(
  fc.tuple(fc.record({ id, at, body }), categories).map(([said, ids]) => customerWrote(said, ids)),
  fc.record({ id, at }).map((said) => agentReplied(said)),
  fc.record({ id, at }).map((said) => brandPosted(said)),
  fc.record({ id, at }).map((said) => welcomeMessage(said)),
  fc.tuple(fc.record({ id, at }), id).map(([said, to]) => ourEcho(said, `content-${to}`)),
  fc
    .tuple(
      fc.constantFrom('opened', 'closed', 'reopened', 'user_updated', 'deferred', 'canceled'),
      fc.record({ id, at, userId: fc.oneof(agent, fc.constant('user-bot')), ownerId: agent }),
    )
    .map(([what, fact]) =>
      interventionEvent(`intervention.${what}` as 'intervention.opened', fact),
    ),
  fc.record({ id, at, agentId: agent }).map((fact) => taskTaken(fact)),
  fc
    .tuple(
      fc.constantFrom('task.created', 'task.undelivered'),
      fc.record({ id, at, agentId: agent }),
    )
    .map(([type, fact]) => ({ ...taskTaken(fact), id: `${type}-${fact.id}`, type })),
  fc
    .record({
      at,
      what: fc.constantFrom('requested', 'passed', 'taken'),
      appId: fc.constantFrom('app-bot', 'app-platform', 'app-other'),
    })
    .map(({ at: time, what, appId }) => controlEvent(what as 'passed', appId, time)),
  fc
    .tuple(fc.record({ id, at }), fc.integer({ min: 0, max: 9 }))
    .map(([fact, position]) => queueMoved({ ...fact, position, waitMs: position * 60_000 })),
  fc.record({ id, at }).map((fact) => ({
    id: `lock-${fact.id}`,
    issuedAt: start + fact.at,
    type: 'content.thread_closed' as const,
  })),
);

const commandNames = [
  'askHandover',
  'takeOver',
  'returnToBot',
  'close',
  'moveToHumans',
  'giveBack',
] as const;

/** Something that happens to a thread; `choice` picks how a work in flight ends. */
type Act =
  | { do: 'receive'; events: EngageEvent[] }
  | { do: 'wait'; time: number }
  | { do: 'end'; choice: number }
  | { do: 'answer'; text: string }
  | { do: 'runEnded'; runId: string }
  | { do: 'command'; name: (typeof commandNames)[number] };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('receive' as const),
      events: fc.array(event, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      time: fc.constantFrom(500, 1_000, 5_000, 300_000, 90_000_000),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('end' as const), choice: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('answer' as const), text: fc.constant('late') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('runEnded' as const),
      runId: fc.constantFrom('one', 'two'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('command' as const),
      name: fc.constantFrom(...commandNames),
    }),
  },
);

const outcomes: { [D in Work['do']]: readonly (WorkOutcomes[D] | { failed: string })[] } = {
  askBot: [
    { replies: [{ body: 'one' }] },
    { replies: [{ body: 'one' }, { body: 'two' }], remember: { a: 1 } },
    { replies: [], isSolved: true, customerProfile: { plan: 'gold' } },
    { replies: [{ body: 'one' }], customerProfile: { plan: 'silver', '': 'x', empty: ' ' } },
    { replies: [], calls: [{ id: 'a', tool: 'send', input: 1 }] },
    { replies: [], wait: { forMs: 3_000 } },
    'later',
    { replies: [{ body: 'bye' }], handOver: { because: 'customerAsked', reason: 'lost' } },
    { replies: [], handOver: { because: 'botGaveUp', fields: { order: '7' } } },
    { failed: 'Timeout' },
    { failed: 'Emergency' },
  ],
  postReply: [
    { is: 'posted', contentId: 'content-p', createdAt: start, contentsBefore: 3 },
    { is: 'humanSpoke', contentId: 'h', createdAt: start + 500_000 },
    { is: 'notOurs', categoryIds: ['category-agent'] },
    { is: 'threadLocked' },
    { is: 'noControl' },
    { is: 'deactivated' },
    { failed: 'Emergency' },
    { is: 'needsIntervention' },
    { is: 'refused', code: 'x' },
    { is: 'notSent', code: 'x', retryAfter: 2_000 },
    { is: 'ambiguous', code: 'x' },
    { failed: 'Timeout' },
  ],
  callTool: [{ result: 'sent' }, { failed: 'x' }],
  findReply: [
    { is: 'notFound' },
    { is: 'found', contentId: 'content-f', createdAt: start },
    { failed: 'x' },
  ],
  readContents: [
    { categoryIds: ['category-bot'], isLocked: false, events: [] },
    {
      categoryIds: ['category-agent'],
      isLocked: false,
      events: [customerWrote({ id: 'read', at: 0 }), agentReplied({ id: 'read', at: 1 })],
    },
    { categoryIds: [], isLocked: true, events: [customerWrote({ id: 'read', at: 0 })] },
    { failed: 'x' },
  ],
  readThread: [
    { categoryIds: ['category-bot'], isLocked: false },
    { categoryIds: ['category-agent'], isLocked: false },
    { categoryIds: [], isLocked: true },
    { failed: 'x' },
  ],
  recategorise: [{ categoryIds: [] }, { failed: 'Engage.NotAuthorised' }],
  openIntervention: [
    { is: 'opened', interventionId: 'intervention-1' },
    { is: 'refused', code: 'x' },
  ],
  closeIntervention: [{ is: 'closed' }, { is: 'refused', code: 'x' }],
  checkAvailability: [
    { isOpen: true, agents: 'unknown' },
    { isOpen: false, opens: 'nine', agents: 'unknown' },
    { isOpen: true, agents: 'nobody' },
    { failed: 'x' },
  ],
  leaveNote: [{ is: 'done' }, { is: 'refused', code: 'x' }, { failed: 'x' }],
  setFields: [{ is: 'done' }, { is: 'refused', code: 'x' }],
  lockThread: [{ is: 'done' }, { is: 'refused', code: 'x' }],
  findQueuePosition: [
    { ahead: 0, waits: [] },
    { ahead: 3, waits: [60_000, 600_000] },
    { failed: 'x' },
  ],
  writeProfile: [
    { written: ['plan'], refused: [] },
    { written: [], refused: [{ field: 'plan', code: 'x' }] },
    { failed: 'x' },
  ],
  meetCustomer: [{ customerId: 'ana' }, { failed: 'x' }],
  controlThread: [
    { is: 'done' },
    { is: 'refused', code: 'x' },
    { failed: 'x' },
    { is: 'owner' },
    { is: 'owner', appId: 'app-bot' },
    { is: 'owner', appId: 'app-platform' },
    { is: 'owner', appId: 'app-other' },
  ],
};

function perform(run: CoreRun, what: Act): void {
  switch (what.do) {
    case 'receive':
      run.take({ type: 'events', events: what.events });
      return;
    case 'wait':
      run.wait(what.time);
      return;
    case 'end': {
      const {
        outbox: { inFlight: work },
      } = run.state;
      if (!work) return;
      const possible = outcomes[work.do];
      run.end(work.do, possible[what.choice % possible.length] as never);
      return;
    }
    case 'answer': {
      const {
        conversation: { turn },
      } = run.state;
      const to = turn ? questionId(run.state, turn) : 'gone';
      run.take({ type: 'answered', to, answer: { replies: [{ body: what.text }] } });
      return;
    }
    case 'runEnded':
      run.take({ type: 'runEnded', ended: { runId: what.runId, how: 'terminated' } });
      return;
    case 'command':
      run.take({ type: 'command', command: { do: what.name, by: 'olga', why: 'test' } });
  }
}

/** What must hold after each step, whatever happened. */
function check(before: ThreadState, act: Act, run: CoreRun): void {
  const after = run.state;
  expect(phases).toContain(after.ownership.phase);
  expect(after.ownership.epoch).toBeGreaterThanOrEqual(before.ownership.epoch);
  const {
    outbox: { inFlight: work },
  } = after;
  const isNew = work !== undefined && work.id !== before.outbox.inFlight?.id;
  // The bot is asked, and speaks as the bot, only while the thread is the bot's.
  const startedIn = work && run.startedIn.get(work.id);
  if (isNew && work.do === 'askBot') expect(startedIn).toBe('bot');
  if (isNew && work.do === 'postReply') {
    expect(startedIn).toBe(work.input.botCategoryId ? 'bot' : 'handover');
  }
  if (work && ['askBot', 'callTool', 'checkAvailability'].includes(work.do))
    expect(after.ownership.phase).toBe('bot');
  if (work?.do === 'findQueuePosition') expect(after.ownership.phase).toBe('handover');
  // Work that may have reached the platform is waited for, whatever else happens.
  const thoughts = ['askBot', 'callTool', 'checkAvailability', 'findQueuePosition'];
  const isThought =
    before.outbox.inFlight !== undefined && thoughts.includes(before.outbox.inFlight.do);
  if (act.do !== 'end' && before.outbox.inFlight && !isThought) {
    expect(work).toEqual(before.outbox.inFlight);
  }
}

/** Plain, or with every rule a business can set, under each way of reopening. */
const settings = fc.constantFrom(
  {},
  { ...everyRule('reopen-to-bot'), ...queueRules },
  ...['reopen-to-bot', 'stay-with-agent', 'block'].map(everyRule),
  ...drivers.map((driver) => ({ ...everyRule('reopen-to-bot'), ...driver })),
);

const runs = { numRuns: 1_500 };

describe('a thread', () => {
  it('is legal after every step of any sequence, and every phase change is in the table', () => {
    fc.assert(
      fc.property(settings, fc.array(act, { maxLength: 60 }), (chosen, acts) => {
        const run = new CoreRun(chosen);
        for (const one of acts) {
          const before = run.state;
          perform(run, one);
          check(before, one, run);
          const fresh = run.state.report.log.filter((entry) => !before.report.log.includes(entry));
          for (const one of fresh) {
            if (one.code === 'phaseChanged') {
              expect(Object.values<string>(moves[one.from])).toContain(one.to);
            }
          }
        }
      }),
      runs,
    );
  });

  it('has no deadline that stays due: nothing rings for ever', () => {
    fc.assert(
      fc.property(settings, fc.array(act, { maxLength: 60 }), (chosen, acts) => {
        const run = new CoreRun(chosen);
        for (const one of acts) {
          perform(run, one);
          for (let ring = 0; ring < 12; ring += 1) run.take({ type: 'timePassed' });
          const due = deadlines(run.state).filter(({ at: time }) => time <= run.now);
          expect(due.filter(({ name }) => name !== 'retention')).toEqual([]);
        }
      }),
      runs,
    );
  });

  it('ends alike whatever the order of one delivery, and however often it is repeated', () => {
    fc.assert(
      fc.property(
        settings,
        fc.array(act, { maxLength: 15 }),
        fc.uniqueArray(event, { selector: (one) => one.id, minLength: 2, maxLength: 6 }),
        fc.nat(),
        (chosen, acts, events, seed) => {
          const [a, b] = [new CoreRun(chosen), new CoreRun(chosen)];
          for (const one of acts) {
            perform(a, one);
            perform(b, one);
          }
          a.take({ type: 'events', events });
          const other = shuffle(events, seed);
          b.take({ type: 'events', events: [...other, ...other] });
          const end = withoutCounts(a.state);
          expect(withoutCounts(b.state)).toEqual(end);
          b.take({ type: 'events', events: other });
          expect(withoutCounts(b.state)).toEqual(end);
        },
      ),
      runs,
    );
  });

  it('is the same after being carried over as JSON, at any step', () => {
    fc.assert(
      fc.property(settings, fc.array(act, { maxLength: 40 }), (chosen, acts) => {
        const [kept, carried] = [new CoreRun(chosen), new CoreRun(chosen)];
        for (const one of acts) {
          perform(kept, one);
          carried.state = JSON.parse(JSON.stringify(carried.state)) as ThreadState;
          perform(carried, one);
        }
        expect(carried.state).toEqual(kept.state);
      }),
      runs,
    );
  });
});

function withoutCounts(state: ThreadState): object {
  return withReport(state, { counts: { ...state.report.counts, duplicates: 0 } });
}

function shuffle<T>(items: readonly T[], seed: number): T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1, s = seed; i > 0; i -= 1) {
    s = (s * 1_103_515_245 + 12_345) % 2_147_483_648;
    const j = s % (i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}
