/** Texts of the console for codes of the API. Pure. */
import type { Scope } from '../../../../workflows/contract/index.js';
import type {
  BrokenList,
  CommandName,
  ListedSpeaker,
  ThreadLine,
} from '../../../operator/answers.js';

type Phase = ThreadLine['phase'];

export const phaseWords: Readonly<Record<Phase, string>> = {
  bot: 'Bot',
  handover: 'Handover',
  agent: 'Agent',
  closed: 'Closed',
};

/** Explains each phase to a new user. */
export const phaseMeanings: Readonly<Record<Phase, string>> = {
  bot: 'The bot answers.',
  handover: 'The customer waits for a human; the bot is silent.',
  agent: 'A human has the conversation; the bot is silent.',
  closed: 'The conversation is closed.',
};

/** Who must speak next. */
export const speakerWords: Readonly<Record<ListedSpeaker['who'], string>> = {
  bot: 'Bot',
  human: 'Agent',
  customer: 'Customer',
  operator: 'Somebody must look',
};

const reasons: Readonly<Record<string, string>> = {
  agentEngaged: 'an agent engaged',
  agentSilent: 'the agent was silent too long',
  botFailed: 'the bot failed',
  botGaveUp: 'the bot gave up',
  categoryChanged: 'categories changed by an agent',
  categoryReturned: 'categories changed back by an agent',
  customerAsked: 'the customer asked for an agent',
  customerSilent: 'the customer fell silent',
  customerWrote: 'the customer wrote',
  emergency: 'emergency',
  handoverAsked: 'handover requested',
  handoverCancelled: 'the handover was cancelled',
  handoverFailed: 'the handover failed',
  interventionSettled: 'the agent is done',
  nobodyCame: 'no agent took over',
  operatorAsked: 'an operator requested a handover',
  operatorClosed: 'an operator closed it',
  operatorReturned: 'an operator gave it back',
  operatorTookOver: 'an operator took over',
  reopenedToAgent: 'reopened, to an agent',
  reopenedToBot: 'reopened, to the bot',
  replyLate: 'a reply came too late',
  replyRefused: 'a reply was refused',
  solved: 'solved',
  threadLocked: 'locked on the platform',
};

/** Text of a reason; an unknown code is split into its words. */
export function reasonWords(reason: string | null): string {
  return reason === null ? '' : (reasons[reason] ?? spelt(reason));
}

const doings: Readonly<Record<string, string>> = {
  askBot: 'asking the bot',
  reply: 'sending a reply',
  recategorise: 'moving it to other categories',
  closeIntervention: 'closing the intervention',
  openIntervention: 'opening an intervention',
  leaveNote: 'leaving a note for the agent',
  writeProfile: 'writing the profile',
  setFields: 'setting fields',
  lockThread: 'locking the thread',
  solve: 'solving it',
};

/** Text of the activity that runs now. */
export function doingWords(doing: string): string {
  return doings[doing] ?? spelt(doing);
}

/** `askBot` as `ask bot`. */
export function spelt(word: string): string {
  return word.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}

export const commandWords: Readonly<Record<CommandName, string>> = {
  takeOver: 'Take over',
  returnToBot: 'Return to bot',
  answerAgain: 'Answer again',
  askHandover: 'Request handover',
  pauseBot: 'Pause bot',
  close: 'Close',
};

export const commandMeanings: Readonly<Record<CommandName, string>> = {
  takeOver:
    'An agent has the conversation from now on. Replies of the bot that are not sent yet are discarded.',
  returnToBot: 'The bot answers what is unanswered, and the customer’s next messages.',
  answerAgain: 'The bot is asked again for what the customer has no answer to.',
  askHandover: 'The conversation goes to the agents’ categories and waits for one of them.',
  pauseBot: 'The bot is silent for a while. The customer’s messages wait for it.',
  close: 'The conversation ends. The customer’s next message begins or reopens one.',
};

type Broken = BrokenList['threads'][number];

const ends: Readonly<Record<Exclude<Broken['is'], 'stuck'>, string>> = {
  terminated: 'its run was terminated',
  failed: 'its run failed',
  timedOut: 'its run timed out',
  canceled: 'its run was canceled',
};

const causes: Readonly<Record<string, string>> = {
  NON_DETERMINISTIC_ERROR: 'this release cannot replay its history',
  WORKFLOW_WORKER_UNHANDLED_FAILURE: 'its code fails',
  GRPC_MESSAGE_TOO_LARGE: 'its state is too large to be sent',
  PAYLOADS_TOO_LARGE: 'its state is too large to be stored',
};

/** Why a thread does not go on. */
export function brokenWords({
  is,
  cause,
  attempts,
}: Omit<Broken, 'id' | 'source' | 'since'>): string {
  if (is !== 'stuck') return ends[is];
  const why = causes[cause ?? ''] ?? cause ?? 'for an unknown reason';
  return `stuck: ${why}, ${counted(attempts ?? 0, 'attempt')}`;
}

/** A scope's unique name, as it is typed to confirm an action. */
export function scopeName(scope: Scope): string {
  if ('all' in scope) return 'all';
  return 'source' in scope ? scope.source : scope.bot;
}

export function scopeWords(scope: Scope): string {
  if ('all' in scope) return 'all conversations';
  return 'source' in scope ? `the source ${scope.source}` : `the bot ${scope.bot}`;
}

export function counted(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}
