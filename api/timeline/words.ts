/**
 * Texts for deadlines, decisions and attention marks of threads, for readers who do not know the codes. No
 * logic depends on them.
 */
import type { ThreadCard } from '../../workflows/contract/index.js';
import { escalationStepInWords } from '../../settings/describe-escalation.js';

type Attention = ThreadCard['attention'][number]['code'];

export const attentionInWords: Readonly<Record<Attention, string>> = {
  handoverFailed: 'the platform refused to hand the thread to a human',
  replyUndelivered: 'a reply could not be posted',
  replyUnconfirmed: 'a reply was sent, but it is unknown whether it arrived',
  interventionNotClosed: 'the platform refused to close the intervention',
  categoriesNotSet: 'the platform refused to change the thread’s categories',
  threadUnreadable: 'the platform does not show the thread',
  botUnavailable: 'the bot does not answer',
  botUnknown: 'no worker knows the bot: another configuration runs',
  botDeactivated: 'the platform no longer lets the bot’s user act',
  handoverNotNoted: 'the note for the human could not be written',
  handoverUnconfirmed: 'the platform made no task of the handover',
  nobodyComes: 'no agent takes over while the customer waits',
  agentSilent: 'the agent does not answer the customer',
  pingPong: 'the bot has handed over too often',
  machineSuspected: 'a machine seems to answer the bot, which is silent',
  threadNotLocked: 'the platform refused to lock the thread',
  controlNotMoved: 'Messenger did not move thread control',
  runEnded:
    'Temporal or a person ended an earlier run of the thread: what the bot remembered is lost',
};

const deadlinesInWords: Readonly<Record<string, string>> = {
  'burst-quiet': 'the bot is called, unless the customer goes on writing',
  'late-answer': 'the turn fails, unless the bot has answered',
  'bot-retry': 'a worker that knows the bot is looked for again',
  'thread-read': 'the thread is read on the platform again',
  'outbox-retry': 'the next outbox item is tried again',
  'handover-confirm': 'the handover is made again, unless the platform has made a task of it',
  'queue-poll': 'the customer’s position in the queue is read',
  'customer-silence': 'the conversation is closed, unless the customer writes',
  retention: 'this run ends; a later event starts a new one',
  'inclusion-expiry': 'the thread’s categories are the bot’s again',
};

const doings: Readonly<Record<string, string>> = {
  askBot: 'asking the bot',
  callTool: 'calling a tool of the bot',
  checkAvailability: 'checking the availability of agents',
  postReply: 'posting a reply',
  findReply: 'searching for a reply',
  recategorise: 'changing the categories',
  readThread: 'reading the thread',
};

/** Text of the activity that runs now. */
export function doingInWords(doing: string): string {
  return doings[doing] ?? 'the step that runs now';
}

/** What happens when this deadline passes. */
export function deadlineInWords(
  name: string,
  card: Pick<ThreadCard, 'policies' | 'nextEscalationStep'>,
) {
  if (name === 'agent-settle')
    return `policy ${getReopenPolicy(card)} decides who gets the thread next`;
  if (name === 'escalation') return escalationStepInWords(card.nextEscalationStep?.do ?? '');
  return deadlinesInWords[name] ?? name;
}

const reopenPolicies = ['reopen-to-bot', 'stay-with-agent', 'block'];

/** Name of the source's policy for threads that return after an agent. */
export function getReopenPolicy({ policies }: Pick<ThreadCard, 'policies'>): string {
  return policies.findLast((name) => reopenPolicies.includes(name)) ?? 'of the source';
}

export type Clock = (time: string | number) => string;

/** Formats times: `10:42`, with the day if it differs from `now`'s. */
export function clockIn(timeZone: string, now: number): Clock {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' });
  const zone = timeZone === 'UTC' ? ' UTC' : '';
  return (at) => {
    const date = new Date(at);
    const isToday = day.format(date) === day.format(now);
    return `${isToday ? '' : `${day.format(date)} `}${time.format(date)}${zone}`;
  };
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
