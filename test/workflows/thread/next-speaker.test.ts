/** Who must speak next: every state of a random conversation names one, with what happens if nobody does. */
import { describe, expect, it } from 'vitest';
import { RandomConversation, type ConversationOptions } from '../../harness/random/conversation.js';
import { customersUnanswered } from '../../harness/random/violations.js';
import { agentReplied, customerWrote } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';
import { reportDelivery } from '../../harness/rules-meet.js';
import { everyRule, withoutChecks } from '../../harness/thread-settings.js';
import { deadlines } from '../../../workflows/thread/planning/deadlines.js';
import { listedSpeaker, nextSpeaker } from '../../../workflows/thread/planning/next-speaker.js';
import { withConversation } from '../../../workflows/thread/state/conversation.js';
import type { ThreadState } from '../../../workflows/thread/state/state.js';

const [second, minute, hour] = [1_000, 60_000, 60 * 60_000];
const calm: ConversationOptions = {
  ...{ reopen: 'reopen-to-bot', escalates: false, hasOperator: false, hasEmergencies: false },
  ...{ hasQuietAgents: false, failures: 0, hasOutages: false, hasApprovals: false, lostAnswers: 0 },
};
const everything: ConversationOptions = {
  ...{ ...calm, escalates: true, hasOperator: true, hasEmergencies: true },
  ...{ hasQuietAgents: true, failures: 0.1, hasOutages: true },
};
const kinds: Readonly<Record<string, ConversationOptions>> = {
  'people alone': calm,
  'operators and emergencies': { ...calm, hasOperator: true, hasEmergencies: true },
  'agents who keep their threads': { ...calm, reopen: 'stay-with-agent', hasQuietAgents: true },
  outages: { ...calm, failures: 0.1, hasOutages: true },
  everything,
};

/** What is wrong with what the state says of itself; judged by the state's deadlines and activity alone. */
function wrongIn(state: ThreadState): string | undefined {
  const { conversation, ownership, outbox, report } = state;
  const next = nextSpeaker(state);
  if (ownership.phase !== 'closed' && !next) return 'nobody';
  if (!next || conversation.unanswered.length === 0) return undefined;
  const { who, then } = next;
  const isDeadline = deadlines(state).some(({ name, at }) => name === then.what && at === then.at);
  const isWithHumans = ownership.phase === 'handover' || ownership.phase === 'agent';
  const isReal = {
    bot: ownership.phase === 'bot' && (isDeadline || outbox.inFlight !== undefined),
    human: isWithHumans && (isDeadline || ownership.reason === 'emergency'),
    operator: then.what === 'attention' && report.attention.length > 0,
    customer: false,
  };
  return isReal[who] ? undefined : `${ownership.phase}: ${who}, then ${then.what}`;
}

/** In each kind. */
const count = process.env['BATON_LONG_TESTS'] === '1' ? 1_000 : 60;

function violations(options: ConversationOptions, of = count): readonly string[] {
  const found = Array.from({ length: of }, (_, index) => {
    const wrong: string[] = [];
    const observe = (state: ThreadState) => wrong.push(...[wrongIn(state) ?? []].flat());
    const played = new RandomConversation(index + 1, { ...options, observe }).play();
    const said = nextSpeaker(played.run.state)?.who ?? 'nobody';
    const isForgotten = said === 'customer' && customersUnanswered(played);
    const all = [...wrong, ...(isForgotten ? ['the customer, who was not answered'] : [])];
    return all.slice(0, 1).map((one) => `seed ${index + 1}: ${one}\n${played.log.join('\n')}`);
  });
  return found.flat();
}

it.each(Object.entries(kinds))('with %s, each state names who must speak', (_, options) => {
  const found = violations(options);
  expect(found[0] ?? '', `${found.length} conversations`).toBe('');
});

describe('negative controls', () => {
  it('a core without escalations leaves humans with nothing that will happen', () => {
    const spoil: ConversationOptions['spoil'] = (after) => ({
      ...after,
      settings: { ...after.settings, escalations: {} },
    });
    expect(violations({ ...calm, spoil }, 30).length).toBeGreaterThan(0);
  });

  it('a change of phase that empties what is unanswered says that the customer must speak', () => {
    const spoil: ConversationOptions['spoil'] = (after, before) =>
      after.ownership.phase === before.ownership.phase
        ? after
        : withConversation(after, { unanswered: [], waiting: [] });
    const options = { ...calm, hasOperator: true, hasEmergencies: true, spoil };
    expect(violations(options, 60).length).toBeGreaterThan(0);
  });
});

const rules = { ...withoutChecks(everyRule('reopen-to-bot')), openIntervention: 'never' as const };

describe('by phase', () => {
  it('the bot, while it is asked; then the customer, until the conversation is closed', () => {
    const run = new PlayedRun({ ...rules, escalations: {} });
    run.writes();
    expect(nextSpeaker(run.state)).toMatchObject({
      ...{ who: 'bot', since: run.now, unanswered: 1 },
      then: { what: 'burst-quiet', at: run.now + second },
    });
    run.pass(second);
    expect(nextSpeaker(run.state)).toMatchObject({
      ...{ who: 'customer', unanswered: 0 },
      then: { what: 'customer-silence' },
    });
  });

  it('a human from the request on, since the customer asked; the operator when no step is left', () => {
    const escalations = { nobodyComes: [{ after: 15 * minute, do: 'remind' as const }] };
    const run = new PlayedRun({ ...rules, escalations });
    const wroteAt = run.now;
    run.says('a human please');
    expect(nextSpeaker(run.state)).toMatchObject({
      ...{ who: 'human', since: wroteAt, unanswered: 1 },
      then: { what: 'escalation' },
    });
    run.pass(16 * minute);
    expect(nextSpeaker(run.state)).toMatchObject({
      ...{ who: 'operator', since: wroteAt },
      then: { what: 'attention' },
    });
  });

  it('the customer after the words of a human, the human after those of the customer', () => {
    const run = new PlayedRun(rules);
    run.says('a human please');
    run.agentSays();
    expect(nextSpeaker(run.state)?.who).toBe('customer');
    run.handleEvent(customerWrote({ id: 'q', at: run.at, body: 'hm?' }, ['category-agent']));
    expect(nextSpeaker(run.settle().state)).toMatchObject({ who: 'human', since: run.now });
    run.handleEvent(agentReplied({ id: 'a', at: run.at + second }));
    expect(nextSpeaker(run.state)?.who).toBe('customer');
  });

  it('a human in an emergency, until it ends', () => {
    const run = new PlayedRun(rules);
    run.writes();
    run.commands({ do: 'moveToHumans', by: 'kim', why: 'an emergency' });
    expect(nextSpeaker(run.state)).toMatchObject({
      ...{ who: 'human', unanswered: 1 },
      then: { what: 'emergencyEnd' },
    });
  });
});

describe('in lists', () => {
  it('an ordinary turn of the bot is not published: it costs no event', () => {
    const run = new PlayedRun(rules);
    run.writes();
    expect(listedSpeaker(run.state, run.now)?.who).toBe('customer');
    run.says();
    expect(listedSpeaker(run.state, run.now)).toEqual({ who: 'customer' });
  });

  it('a customer who waits for the bot for a minute or longer is', () => {
    const run = new PlayedRun(rules);
    run.commands({ do: 'pauseBot', by: 'kim', why: 'a reason', until: run.now + hour });
    const wroteAt = run.now;
    run.writes();
    expect(listedSpeaker(run.state, run.now)).toEqual({ who: 'bot', unansweredSince: wroteAt });
  });
});

it('a closed thread is nobody’s, unless a person is called: then it is the operator’s', () => {
  const answer = () => ({ replies: [{ body: 'ANSWER' }], isSolved: true });
  const run = new PlayedRun({}, { answer });
  run.says('hello');
  expect([run.state.ownership.phase, nextSpeaker(run.state)]).toEqual(['closed', undefined]);
  reportDelivery(run, 'export_failure');
  expect(run.state.ownership.phase).toBe('closed');
  expect(nextSpeaker(run.state)).toMatchObject({ who: 'operator', then: { what: 'attention' } });
});
