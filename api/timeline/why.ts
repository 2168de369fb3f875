/**
 * Explains a thread's state in one or two plain sentences: who may write, since when, for what reason, and
 * what would change it. Pure; derived from the thread's card.
 */
import { excuses, type DecisionData, type ThreadCard } from '../../workflows/contract/index.js';
import { describeDecision } from './describe-decision.js';
import { explainNext } from './explain-next.js';
import { getReopenPolicy, type Clock } from './words.js';
import { escalationStepInWords } from '../../settings/describe-escalation.js';

/** @param now Unix milliseconds, by the clock of the card's times */
export function explainState(card: ThreadCard, clock: Clock, now: number): string {
  if (card.doing === 'readContents') return isBeingRead;
  return [...phrases[card.phase](card, clock, now), ...explainNext(card, clock)].join(' ');
}

const isBeingRead =
  'An earlier run of the thread was ended: its contents are read on the platform.';

type Phrase = (card: ThreadCard, clock: Clock, now: number) => readonly string[];

const phrases: Readonly<Record<ThreadCard['phase'], Phrase>> = {
  bot: (card, clock, now) => [
    botNow(card, clock, now),
    `It has the thread ${sinceOf(card, clock)}.`,
  ],
  handover: (card, clock) => [
    `The bot is silent: a handover was requested at ${clock(card.since)}, because ${card.why},`,
    'and no agent has engaged yet.',
    ...queuePositionOf(card),
    ...whatEnds(card, clock),
  ],
  agent: (card, clock) => [
    `The bot is silent: a human has the thread ${sinceOf(card, clock)}.`,
    ...whatEnds(card, clock),
  ],
  closed: (card, clock) =>
    card.episode === 0 && card.reason === undefined
      ? ['No messages yet.']
      : [`Closed at ${clock(card.since)}: ${card.why}.`, ...describeNext(card, clock)],
};

function sinceOf(card: ThreadCard, clock: Clock): string {
  return `since ${clock(card.since)}: ${card.why}`;
}

function botNow(card: ThreadCard, clock: Clock, now: number): string {
  const { botPausedUntil, doing, outbox, waitingContents, bot } = card;
  if (botPausedUntil !== undefined && Date.parse(botPausedUntil) > now) {
    const paused = card.decisions.findLast((one) => one.code === 'botPaused');
    const why = paused ? `: ${paused.why}` : '';
    return `The bot is paused until ${clock(botPausedUntil)}${why}.`;
  }
  if (doing === 'askBot' || doing === 'callTool') return `The bot ${bot} is being called.`;
  if (doing === 'checkAvailability')
    return 'A handover is being prepared: the availability of agents is read.';
  const answer = atOf(card, 'late-answer');
  if (answer !== undefined) return `The bot ${bot} answers later, until ${clock(answer)}.`;
  const retry = atOf(card, 'bot-retry');
  if (retry !== undefined) {
    return `No worker knows the bot ${bot}: one that does is looked for again at ${clock(retry)}.`;
  }
  if (outbox.some((one) => one.do === 'reply')) return 'A reply of the bot is on its way.';
  if (outbox.length > 0) return `The bot waits for the platform (${outbox[0]?.do ?? ''}).`;
  if (waitingContents > 0) return `The bot ${bot} is called as soon as the customer pauses.`;
  const turn = lastTurn(card);
  if (turn !== undefined) return turn;
  if (card.sent.at(-1)?.delivery === 'failed') {
    return 'The last reply was not delivered: the channel did not take it.';
  }
  return 'The bot waits for the customer.';
}

/** Outcome of the last turn, unless it is a normal reply of the bot. */
function lastTurn({ decisions, since, bot }: ThreadCard): string | undefined {
  const last = decisions.findLast((one) => one.at >= since && !isExcuse(one));
  if (last?.code === 'botFailed') {
    return `The bot ${bot} gave no answer (${describeDecision(last).why}).`;
  }
  return last?.code === 'notHandedOver' ? `No handover was made: ${last.why}.` : undefined;
}

/** A reply that only tells the customer of the failure. */
function isExcuse(one: DecisionData): boolean {
  return one.code === 'replyPosted' && Object.values<string>(excuses).includes(one.purpose);
}

function queuePositionOf({ queuePosition }: ThreadCard): readonly string[] {
  return queuePosition ? [`The customer is number ${queuePosition.position} in the queue.`] : [];
}

/** What would return the thread to the bot, and when. */
function whatEnds(card: ThreadCard, clock: Clock): readonly string[] {
  if (card.reason === 'emergency') return ['It stays so until the emergency is ended.'];
  const settles = atOf(card, 'agent-settle');
  if (settles !== undefined) {
    const done = 'The agent has closed the intervention';
    return [`${done}; policy ${getReopenPolicy(card)} waits until ${clock(settles)}.`];
  }
  const escalationStep = atOf(card, 'escalation');
  if (escalationStep === undefined) return [];
  const what = escalationStepInWords(card.nextEscalationStep?.do ?? '');
  return [`If nothing happens, ${what} at ${clock(escalationStep)}.`];
}

function describeNext(card: ThreadCard, clock: Clock): readonly string[] {
  if (card.reason === 'threadLocked') return ['The next message starts a new thread.'];
  if (isBeingLocked(card)) return [nextByPolicy.block];
  if (card.reason !== 'interventionSettled') return [staysWithAgents(card) ?? wakesTheBot];
  const policy = getReopenPolicy(card);
  const inclusion = atOf(card, 'inclusion-expiry');
  if (inclusion !== undefined) {
    return [`Policy ${policy}: messages before ${clock(inclusion)} go to the agents.`];
  }
  // The agents' time is over: the thread has been returned.
  if (policy === 'stay-with-agent' && card.assignedCategory === 'bot') {
    return ['The agents’ time has passed: the next content goes to the bot.'];
  }
  const words: Readonly<Record<string, string>> = nextByPolicy;
  return [words[policy] ?? `Policy ${policy} decides who gets the next content.`];
}

/** An operator closed a thread of the agents, on a source that locks such threads. */
function isBeingLocked(card: ThreadCard): boolean {
  if (card.reason !== 'operatorClosed' || getReopenPolicy(card) !== 'block') return false;
  const closed = card.decisions.findLast(
    (one) => one.code === 'phaseChanged' && one.to === 'closed',
  );
  return closed?.code === 'phaseChanged' && closed.from !== 'bot';
}

const wakesTheBot = 'The customer’s next content wakes the bot.';

/** Somebody other than an agent closed it, and it is still in the agents' category. */
function staysWithAgents({ assignedCategory, outbox }: ThreadCard): string | undefined {
  if (assignedCategory !== 'agent' || outbox.some((one) => one.do === 'recategorise'))
    return undefined;
  return 'It is still in the agents’ category: the customer’s next content goes to the agents.';
}

const nextByPolicy = {
  'reopen-to-bot': 'Policy reopen-to-bot: the next content goes to the bot.',
  'stay-with-agent': 'Policy stay-with-agent: the next content goes to the agents.',
  block: 'Policy block: the next message starts a new thread.',
} as const;

function atOf({ deadlines }: ThreadCard, name: string): string | undefined {
  return deadlines.find((one) => one.name === name)?.at;
}
