/**
 * No customer is left waiting: random conversations with people, disorder, refused calls and outages, each
 * from a seed. A violation prints its seed and what happened.
 */
import { describe, expect, it } from 'vitest';
import { RandomConversation, type ConversationOptions } from '../../harness/random/conversation.js';
import { halfOpen, leftWaiting } from '../../harness/random/judge.js';

const calm: ConversationOptions = {
  reopen: 'reopen-to-bot',
  escalates: false,
  hasOperator: false,
  hasEmergencies: false,
  hasQuietAgents: false,
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
  everything: {
    ...{ ...calm, escalates: true, hasOperator: true, hasEmergencies: true },
    ...{ hasQuietAgents: true, failures: 0.1, hasOutages: true },
  },
};

const count = Number(process.env['BATON_CONVERSATIONS'] ?? 150);

function violations(options: ConversationOptions, of = count): readonly string[] {
  const found = Array.from({ length: of }, (_, seed) => {
    const played = new RandomConversation(seed + 1, options).play();
    const wrong = leftWaiting(played) ?? halfOpen(played);
    return wrong === undefined ? [] : [`seed ${seed + 1}: ${wrong}\n${played.log.join('\n')}`];
  });
  return found.flat();
}

describe.each(Object.entries(kinds))('with %s', (_, options) => {
  it(`nobody is left waiting in ${count} conversations`, () => {
    const found = violations(options);
    expect(found[0] ?? '', `${found.length} of ${count}`).toBe('');
  });
});
