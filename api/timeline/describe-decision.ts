/**
 * Texts of logged decisions, for the timeline, the console and the command line. No logic depends on
 * them: readers decide by code. Pure; each code has a text.
 */
import type { DecisionCode, DecisionData } from '../../workflows/contract/index.js';
import { escalationStepInWords } from '../../settings/describe-escalation.js';
import { attentionInWords } from './words.js';

/** `why` is empty where the decision needs no reason. */
export type DecisionWords = { readonly what: string; readonly why: string };

type Describe = { readonly [C in DecisionCode]: (of: DecisionData<C>) => DecisionWords };

const ownership = {
  phaseChanged: ({ from, to, why }) => ({ what: `${from} → ${to}`, why }),
  moveRefused: ({ phase, move, why }) => ({
    what: `not possible in phase ${phase}: ${spelt(move)}`,
    why,
  }),
} satisfies Partial<Describe>;

const turns = {
  turnRestarted: fixed('turn restarted', 'the customer wrote before the bot had replied'),
  botFailed: ({ failure }) => failed('the bot gave no answer', failure),
  botUnknown: ({ bot }) => ({
    what: 'the bot is not known',
    why: `no worker that was asked has ${bot} in its configuration`,
  }),
  answerDropped: fixed('answer dropped', 'its question is no longer open'),
  botPaused: ({ why }) => ({ what: 'bot paused', why }),
  botResumed: ({ why }) => ({ what: 'pause of the bot ended', why }),
  answerRequested: ({ why }) => ({ what: 'the bot is asked again', why }),
  stayedClosed: fixed('stayed closed', 'the customer only said goodbye'),
  replyPosted: ({ key, epoch }) => ({ what: `reply ${key} posted`, why: `epoch ${epoch}` }),
  replyCut: ({ why }) => ({ what: 'reply cut to fit', why }),
  replyLate: ({ do: what }) => ({ what: 'reply late', why: lateReplies[what] }),
  crossedReply: fixed('crossed reply', 'a reply reached the platform after a human had taken over'),
} satisfies Partial<Describe>;

const lateReplies = {
  send: 'it is sent as it is',
  askAgain: 'the bot is asked anew',
  apologise: 'it is sent after an apology',
  handOver: 'a human is requested instead',
} as const satisfies Record<DecisionData<'replyLate'>['do'], string>;

const humans = {
  handoverRequested: ({ why }) => ({ what: 'handover requested', why }),
  notHandedOver: ({ why }) => ({ what: 'not handed over', why }),
  keptByHumans: fixed(
    'not returned to the bot',
    'the default categories of the source are humans’',
  ),
  handoverRepeated: fixed('handover repeated', 'the platform made no task of it'),
  emergencyDeclared: ({ why }) => ({ what: 'emergency', why }),
  taskUndelivered: fixed('task undelivered', 'no connected agent can take it'),
  settleWindowStarted: fixed('settle window started', 'the agent closed the intervention'),
  escalated: ({ escalation, step, do: what }) => ({
    what: `${escalations[escalation]}, step ${step}`,
    why: escalationStepInWords(what),
  }),
  queuePositionUnknown: ({ failure }) => failed('queue position unknown', failure),
  queuePositionSent: ({ position, isEstimate }) => ({
    what: isEstimate ? 'estimated queue position sent' : 'queue position sent',
    why: `the customer is number ${position}`,
  }),
} satisfies Partial<Describe>;

const escalations = {
  customerSilent: 'the customer is silent',
  nobodyComes: 'no human comes',
  agentSilent: 'the agent is silent',
  customerSilentWithAgent: 'the customer does not answer the agent',
} as const satisfies Record<DecisionData<'escalated'>['escalation'], string>;

const profile = {
  profileFieldRefused: ({ field, why }) => ({
    what: `customer profile field ${field} refused`,
    why,
  }),
  profileFieldNotWritten: ({ field, failure }) =>
    failed(`customer profile field ${field} not written`, failure),
  profileNotWritten: ({ failure }) => failed('customer profile not written', failure),
} satisfies Partial<Describe>;

const noTask = 'no intervention is open';

const platform = {
  stepFailed: ({ failure }) => failed('step on the platform failed', failure),
  stepSkipped: ({ do: step }) => ({ what: skipped[step], why: noTask }),
  interventionNotClosed: ({ failure }) => failed('intervention not closed', failure),
  backfilled: ({ events }) => ({
    what: `${events} ${events === 1 ? 'event' : 'events'} backfilled`,
    why: 'missed by webhooks',
  }),
  runEnded: ({ how }) => ({ what: 'earlier run ended', why: spelt(how) }),
  rebuilt: ({ contents, unanswered }) => ({
    what: `${contents} contents read on the platform`,
    why: `${unanswered} of them unanswered`,
  }),
  controlRetried: ({ stage, why }) => ({ what: `thread control tried again: ${stage}`, why }),
  controlLent: fixed('thread control lent', 'Engage delivers what was said in the handover'),
  controlRequestIgnored: fixed('thread control not given', 'the handover was cancelled'),
} satisfies Partial<Describe>;

const skipped = { leaveNote: 'no note for the agent', setFields: 'no fields set' } as const;

const attention = {
  attentionRaised: ({ attention: code }) => ({
    what: 'attention raised',
    why: attentionInWords[code],
  }),
  alertGivenUp: ({ attention: code, because }) => ({
    what: `alert ${spelt(code)} given up`,
    why: because === 'tooMany' ? 'too many alerts wait' : 'it could not be delivered',
  }),
} satisfies Partial<Describe>;

const describe: Describe = {
  ...ownership,
  ...turns,
  ...humans,
  ...profile,
  ...platform,
  ...attention,
};

/** All codes, for the schema of the API. */
export const decisionCodes = Object.keys(describe) as readonly DecisionCode[];

export function describeDecision(decision: DecisionData): DecisionWords {
  // The key and the argument are of the same code, which the compiler cannot see.
  const words = describe[decision.code] as (of: DecisionData) => DecisionWords;
  return words(decision);
}

/** On one line, for the command line. */
export function decisionLine({ what, why }: DecisionWords): string {
  return why === '' ? what : `${what}: ${why}`;
}

function fixed(what: string, why: string): () => DecisionWords {
  return () => ({ what, why });
}

function failed(what: string, failure: string): DecisionWords {
  return { what, why: spelt(failure) };
}

/** A code in camel case as words, `notFound` as `not found`; others such as `Http404` stay. */
function spelt(code: string): string {
  if (!/^[a-z]+(?:[A-Z][a-z]+)+$/.test(code)) return code;
  return code.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
