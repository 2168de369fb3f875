/** Logged decisions: each code of the closed union has a text, and readers look at codes alone. */
import { describe, expect, it } from 'vitest';
import { decisionCodes, describeDecision } from '../../../api/timeline/describe-decision.js';
import { whyUnanswered } from '../../../api/timeline/unanswered.js';
import { explainState } from '../../../api/timeline/why.js';
import { clockIn } from '../../../api/timeline/words.js';
import type {
  DecisionCode,
  DecisionData,
  LoggedDecision,
  Transcript,
} from '../../../workflows/contract/index.js';
import { describeTranscript } from '../../../workflows/thread/planning/card.js';
import { PlayedRun } from '../../harness/played-core.js';

/** Texts that readers used to look for: as a reason they must mean nothing. */
const why = 'the bot gave no answer, bot paused, not handed over, stayed closed, bot → closed';
const failure = 'Http404';

/** One entry for each code; the compiler refuses a code without one. */
const samples: { readonly [C in DecisionCode]: DecisionData<C> } = {
  phaseChanged: { code: 'phaseChanged', from: 'bot', to: 'agent', why },
  moveRefused: { code: 'moveRefused', phase: 'closed', move: 'agentSilent', why },
  botUnknown: { code: 'botUnknown', bot: 'billing-bot' },
  turnRestarted: { code: 'turnRestarted' },
  botFailed: { code: 'botFailed', failure },
  answerDropped: { code: 'answerDropped' },
  botPaused: { code: 'botPaused', why },
  botResumed: { code: 'botResumed', why },
  answerRequested: { code: 'answerRequested', why },
  stayedClosed: { code: 'stayedClosed' },
  replyPosted: { code: 'replyPosted', key: '1/reply-0/c', epoch: 1, purpose: 'reply-0' },
  replyCut: { code: 'replyCut', why },
  replyLate: { code: 'replyLate', do: 'apologise' },
  crossedReply: { code: 'crossedReply' },
  handoverRequested: { code: 'handoverRequested', why },
  notHandedOver: { code: 'notHandedOver', why: 'it is outside business hours' },
  handoverRepeated: { code: 'handoverRepeated' },
  keptByHumans: { code: 'keptByHumans' },
  emergencyDeclared: { code: 'emergencyDeclared', why },
  taskUndelivered: { code: 'taskUndelivered' },
  settleWindowStarted: { code: 'settleWindowStarted' },
  escalated: { code: 'escalated', escalation: 'nobodyComes', step: 2, do: 'tell' },
  queuePositionUnknown: { code: 'queuePositionUnknown', failure },
  queuePositionSent: { code: 'queuePositionSent', position: 3, isEstimate: true },
  profileFieldRefused: { code: 'profileFieldRefused', field: 'age', why },
  profileFieldNotWritten: { code: 'profileFieldNotWritten', field: 'age', failure },
  profileNotWritten: { code: 'profileNotWritten', failure },
  stepFailed: { code: 'stepFailed', failure },
  stepSkipped: { code: 'stepSkipped', do: 'leaveNote' },
  interventionNotClosed: { code: 'interventionNotClosed', failure },
  backfilled: { code: 'backfilled', events: 2 },
  runEnded: { code: 'runEnded', how: 'timedOut' },
  rebuilt: { code: 'rebuilt', contents: 7, unanswered: 2 },
  controlRetried: { code: 'controlRetried', stage: 'look', why },
  controlLent: { code: 'controlLent' },
  controlRequestIgnored: { code: 'controlRequestIgnored' },
  attentionRaised: { code: 'attentionRaised', attention: 'nobodyComes' },
  alertGivenUp: { code: 'alertGivenUp', attention: 'nobodyComes', because: 'tooMany' },
};
const all = Object.values<DecisionData>(samples);

const run = new PlayedRun();
run.says();
const now = run.now + 60_000;
const clock = clockIn('UTC', now);
const answered = describeTranscript(run.state);

/** The conversation with these decisions alone, all of them now. */
function deciding(transcript: Transcript, ...decisions: readonly DecisionData[]): Transcript {
  const at = new Date(now).toISOString();
  const logged = decisions.map((one): LoggedDecision<string> => ({ at, ...one }));
  return { ...transcript, card: { ...transcript.card, decisions: logged } };
}

const whyIn = (transcript: Transcript) => explainState(transcript.card, clock, now);

describe('each code', () => {
  it('is known to the API', () => {
    expect([...decisionCodes].sort()).toEqual(Object.keys(samples).sort());
  });

  it.each(all)('$code has a text without codes in camel case', (decision) => {
    const { what, why: reason } = describeDecision(decision);
    expect(what).not.toBe('');
    expect(`${what} ${reason}`).not.toMatch(/[a-z][A-Z]/);
  });

  it.each([
    ['phaseChanged', 'bot → agent', why],
    ['profileFieldRefused', 'customer profile field age refused', why],
    ['queuePositionUnknown', 'queue position unknown', 'Http404'],
    ['queuePositionSent', 'estimated queue position sent', 'the customer is number 3'],
    ['escalated', 'no human comes, step 2', 'the customer gets a message'],
    ['attentionRaised', 'attention raised', 'no agent takes over while the customer waits'],
  ] as const)('%s is %s', (code, what, reason) => {
    expect(describeDecision(samples[code])).toEqual({ what, why: reason });
  });
});

describe('readers decide by code and data, never by text', () => {
  it.each(all)('the last turn after $code', (decision) => {
    const text = whyIn(deciding(answered, decision));
    expect(text.includes('gave no answer (Http404)')).toBe(decision.code === 'botFailed');
    expect(text.includes('No handover was made')).toBe(decision.code === 'notHandedOver');
  });

  it.each([
    ['sorry', true],
    ['not-now', true],
    ['reply-0', false],
  ])('a reply for %s after a failure hides it: not %s', (purpose, isFailure) => {
    const posted = { ...samples.replyPosted, key: '1/sorry/c', purpose };
    const text = whyIn(deciding(answered, samples.botFailed, posted));
    expect(text.includes('gave no answer')).toBe(isFailure);
  });

  it.each(all)('the reason of a pause, with $code', (decision) => {
    const paused = deciding(answered, decision);
    const until = new Date(now + 60_000).toISOString();
    const text = whyIn({ ...paused, card: { ...paused.card, botPausedUntil: until } });
    expect(text.includes(why)).toBe(decision.code === 'botPaused');
  });

  it.each(all)('a content without a reply, with $code', (decision) => {
    const contents = answered.contents.filter(({ by }) => by === 'customer');
    const [content] = contents;
    if (!content) throw new Error('nothing was said');
    const reason = whyUnanswered(content, deciding({ ...answered, contents }, decision), {
      ...{ clock, now },
    });
    const isFailure = decision.code === 'botFailed';
    expect(reason).toBe(
      isFailure ? 'the bot gave no answer (Http404)' : 'the bot had nothing to say to it',
    );
  });

  it.each(all)('a content to a closed conversation, with $code', (decision) => {
    const phases = [{ phase: 'closed', since: 0, reason: 'solved', why: 'solved' } as const];
    const content = { contentId: 'c', by: 'customer', body: 'bye', issuedAt: now } as const;
    const closed = { ...answered, contents: [content], phases };
    const reason = whyUnanswered(content, deciding(closed, decision), { clock, now });
    const isGoodbye = decision.code === 'stayedClosed';
    expect(reason).toBe(isGoodbye ? 'the customer only said goodbye' : 'the conversation was over');
  });
});
