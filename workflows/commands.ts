/**
 * What an operator may ask of a thread, and when. A command that is illegal in this phase is refused
 * before anything happens, saying which phase it is.
 */
import { closeAsBot } from './closing.js';
import { handOver } from './handover.js';
import { giveBack } from './intervention.js';
import { isRefusal, move, type Move, type Refusal } from './lifecycle.js';
import { changePhase } from './phase.js';
import { place } from './categories.js';
import { note, type ThreadState } from './state.js';
import { withdrawTurn } from './turn.js';

type By = {
  /** The operator's name, for the thread's own history. */
  readonly by: string;
  readonly why: string;
};

export type Command =
  | (By & { readonly do: 'askHandover' | 'takeOver' | 'returnToBot' | 'close' })
  /** The bot is silent until `until` (Unix milliseconds, our clock); contents wait for it. */
  | (By & { readonly do: 'pauseBot'; readonly until: number });

const moveOf = {
  askHandover: 'handoverAsked',
  takeOver: 'operatorTookOver',
  returnToBot: 'operatorReturned',
  close: 'operatorClosed',
} as const satisfies Partial<Record<Command['do'], Move>>;

export function refusalOf(state: ThreadState, command: Command): Refusal | undefined {
  if (command.do === 'pauseBot') return undefined;
  const outcome = move(state.phase, moveOf[command.do]);
  return isRefusal(outcome) ? outcome : undefined;
}

export function obey(state: ThreadState, command: Command, now: number): ThreadState {
  const why = `operator ${command.by}: ${command.why}`;
  switch (command.do) {
    case 'askHandover':
      return handOver(note(state, now, 'handover asked', why), 'operatorAsked', [], now);
    case 'takeOver': {
      const taken = changePhase(state, 'operatorTookOver', { why }, now);
      return place({ ...taken, humanSinceIssuedAt: state.newestIssuedAt }, 'agent');
    }
    case 'returnToBot': {
      const returned = changePhase(state, 'operatorReturned', { why }, now);
      const done = { humanDoneIssuedAt: state.newestIssuedAt, humanSinceIssuedAt: undefined };
      return place({ ...returned, ...done }, 'bot');
    }
    case 'close': {
      // Where we put it into the agents' hands, we take it out again; what others decided stays.
      const isOurs = state.phase !== 'bot' && state.reason !== 'categoryChanged';
      const closed = closeAsBot(state, 'operatorClosed', { why }, now);
      return isOurs ? giveBack(closed) : closed;
    }
    case 'pauseBot':
      return note({ ...withdrawTurn(state), pausedUntil: command.until }, now, 'bot paused', why);
  }
}
