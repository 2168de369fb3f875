/**
 * No customer is left waiting: random conversations with people, disorder, refused calls and outages, each
 * from a seed. A violation prints its seed and what happened.
 */
import { describe, expect, it } from 'vitest';
import { RandomConversation, type ConversationOptions } from '../../harness/random/conversation.js';
import { answeredTwice, halfOpen, leftWaiting } from '../../harness/random/violations.js';
import { withConversation } from '../../../workflows/thread/state/conversation.js';
import type { OutboxItem } from '../../../workflows/thread/state/outbox-item.js';
import { withOutbox } from '../../../workflows/thread/state/outbox.js';
import type { ThreadState } from '../../../workflows/thread/state/state.js';

const calm: ConversationOptions = {
  reopen: 'reopen-to-bot',
  escalates: false,
  hasOperator: false,
  hasEmergencies: false,
  hasQuietAgents: false,
  hasApprovals: false,
  lostAnswers: 0,
  failures: 0,
  hasOutages: false,
};
const kinds: Readonly<Record<string, ConversationOptions>> = {
  'people alone': calm,
  'people, and escalations that move the thread': { ...calm, escalates: true },
  'calls that fail': { ...calm, failures: 0.15 },
  'a business whose agents keep their threads': {
    ...calm,
    failures: 0.1,
    reopen: 'stay-with-agent',
  },
  'a business that locks threads': { ...calm, failures: 0.1, reopen: 'block' },
  operators: { ...calm, hasOperator: true },
  emergencies: { ...calm, hasEmergencies: true, hasOperator: true },
  'agents who take threads without a word and give them back': { ...calm, hasQuietAgents: true },
  outages: { ...calm, hasOutages: true, failures: 0.05 },
  'replies that wait for approval': { ...calm, hasApprovals: true, hasOperator: true },
  'answers of the platform that are lost': { ...calm, failures: 0.1, lostAnswers: 0.3 },
  everything: {
    ...{ ...calm, escalates: true, hasOperator: true, hasEmergencies: true },
    ...{ hasQuietAgents: true, failures: 0.1, hasOutages: true },
    ...{ hasApprovals: true, lostAnswers: 0.1 },
  },
};

/** In each kind; the long run plays 24,000 in all. */
const count = process.env['BATON_LONG_TESTS'] === '1' ? 2_000 : 100;

/** Other conversations, for an attack by hand. */
const firstSeed = Number(process.env['BATON_FIRST_SEED'] ?? 0);

function violations(options: ConversationOptions, of = count, from = 0): readonly string[] {
  const found = Array.from({ length: of }, (_, index) => {
    const seed = from + index + 1;
    const played = new RandomConversation(seed, options).play();
    const wrong = leftWaiting(played) ?? halfOpen(played) ?? answeredTwice(played);
    return wrong === undefined ? [] : [`seed ${seed}: ${wrong}\n${played.log.join('\n')}`];
  });
  return found.flat();
}

it.each(Object.entries(kinds))(`with %s, nobody is left waiting`, (_, options) => {
  const found = violations(options, count, firstSeed);
  expect(found[0] ?? '', `${found.length} of ${count}`).toBe('');
});

describe('negative controls', () => {
  const changed = (after: ThreadState, before: ThreadState) =>
    after.ownership.phase !== before.ownership.phase;

  it('a change of phase that forgets what is unanswered leaves customers waiting', () => {
    const spoil: ConversationOptions['spoil'] = (after, before) =>
      changed(after, before) ? withConversation(after, { unanswered: [], waiting: [] }) : after;
    const found = violations({ ...calm, hasOperator: true, hasEmergencies: true, spoil }, 100);
    expect(found.length).toBeGreaterThan(0);
  });

  it('a thread that asks again what it has answered answers customers twice', () => {
    const spoil: ConversationOptions['spoil'] = (after, before) => {
      const { turn } = before.conversation;
      const hasEnded = turn && !after.conversation.turn && after.ownership.phase === 'bot';
      return hasEnded ? withConversation(after, { waiting: turn.contents }) : after;
    };
    expect(violations({ ...calm, spoil }, 20).join()).toContain('was answered twice');
  });

  it('a thread that gives up after three tries leaves customers waiting in an outage', () => {
    const isTried = (item: OutboxItem) => item.do === 'reply' && item.tries >= 3;
    const spoil: ConversationOptions['spoil'] = (after) =>
      withOutbox(after, { items: after.outbox.items.filter((item) => !isTried(item)) });
    const found = violations({ ...calm, hasOutages: true, spoil }, 100);
    expect(found.length).toBeGreaterThan(0);
  });
});
