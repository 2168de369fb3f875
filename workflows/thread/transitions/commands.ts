/**
 * Applies the commands of operators. A command that is illegal in this phase is refused before
 * anything changes, with the phase in the refusal.
 */
import { answerAgain, whyNotAgain } from './answer-again.js';
import { emergency } from './bot-answer.js';
import { endedByAHuman } from '../../contract/attention.js';
import { assignCategory } from './categories.js';
import { closeAsBot } from './closing.js';
import { emergencyIsOver } from './emergency-notice.js';
import { handOver } from './handover.js';
import { humansAreDone } from './intervention.js';
import { isRefused, move, type Move, type Phase } from '../../contract/lifecycle.js';
import { changePhase } from './phase.js';
import { clearAttention, note, type ThreadState } from '../state/state.js';
import { withdrawTurn } from './turn.js';
import { backToBot } from './return-to-bot.js';
import { commandNames, type CommandName } from '../../contract/commands.js';
import { withOwnership } from '../state/ownership.js';

type By = {
  /** The operator's name, for the decision log. */
  readonly by: string;
  readonly why: string;
};

export type Command =
  | (By & {
      readonly do: 'askHandover' | 'takeOver' | 'returnToBot' | 'close' | 'answerAgain';
      /** Set if a bot outside Baton asks: its reason, so that the rules for a bot's handovers apply. */
      readonly because?: 'customerAsked' | 'botGaveUp' | undefined;
    })
  /** Commands of an emergency: to humans if the bot has the thread; back if no human has taken it. */
  | (By & { readonly do: 'moveToHumans' | 'giveBack' })
  /** The bot is silent until `until` (Unix milliseconds, our clock); contents wait. */
  | (By & { readonly do: 'pauseBot'; readonly until: number });

const moveOf: Partial<Record<Command['do'], Move>> = {
  askHandover: 'handoverAsked',
  takeOver: 'operatorTookOver',
  returnToBot: 'operatorReturned',
  close: 'operatorClosed',
};

/** A refused command: illegal in this phase, or of no use now, for the reason in `why`. */
export type CommandRefusal = { readonly phase: Phase; readonly why?: string };

const notAgain = {
  busy: 'the bot is about to answer, or the platform has not taken the last steps yet',
  answered: 'the customer has an answer, or has written nothing',
  unconfirmed: 'a reply was sent, and it is unknown whether it arrived',
} as const;

/** The commands that are legal now. */
export function commandsIn(state: ThreadState): readonly CommandName[] {
  return commandNames.filter((what) => refusalIn(state, what) === undefined);
}

/**
 * Returns the refusal of an illegal command. An emergency's commands are never refused; they may have
 * no effect.
 */
export function refusalOf(state: ThreadState, command: Command): CommandRefusal | undefined {
  return refusalIn(state, command.do);
}

function refusalIn(state: ThreadState, what: Command['do']): CommandRefusal | undefined {
  const { phase } = state.ownership;
  if (what === 'answerAgain') {
    const whyNot = whyNotAgain(state);
    return whyNot && { phase, ...(whyNot !== 'phase' && { why: notAgain[whyNot] }) };
  }
  const wanted = moveOf[what];
  return wanted !== undefined && isRefused(move(phase, wanted)) ? { phase } : undefined;
}

export function applyCommand(state: ThreadState, command: Command, now: number): ThreadState {
  const why = `operator ${command.by}: ${command.why}`;
  switch (command.do) {
    case 'askHandover': {
      const asked = note(state, now, { code: 'handoverRequested', why });
      return handOver(asked, { because: command.because ?? 'operatorAsked', farewell: [] }, now);
    }
    case 'takeOver': {
      const moved = changePhase(state, 'operatorTookOver', { why }, now);
      const attended = clearAttention(moved, ...endedByAHuman);
      return assignCategory(
        withOwnership(attended, { humanSinceIssuedAt: state.inbox.newestIssuedAt }),
        'agent',
      );
    }
    case 'returnToBot':
      return backToBot(state, 'operatorReturned', { why }, now);
    case 'close': {
      // Undo only our own assignment to the agents; a category set by others stays.
      const isOurs =
        state.ownership.phase !== 'bot' && state.ownership.reason !== 'categoryChanged';
      const closed = closeAsBot(state, 'operatorClosed', { why }, now);
      return isOurs ? humansAreDone(closed, now) : closed;
    }
    case 'moveToHumans':
      if (state.ownership.phase !== 'bot') return state;
      return emergency(note(state, now, { code: 'emergencyDeclared', why }), now);
    case 'giveBack':
      if (state.ownership.phase !== 'handover' || state.ownership.reason !== 'emergency')
        return emergencyIsOver(state);
      return backToBot(emergencyIsOver(state), 'operatorReturned', { why }, now);
    case 'answerAgain':
      return answerAgain(state, why, now);
    case 'pauseBot':
      return pauseBot(state, command.until, why, now);
  }
}

function pauseBot(state: ThreadState, until: number, why: string, now: number): ThreadState {
  const paused = withOwnership(withdrawTurn(state), { pausedUntil: until });
  return note(paused, now, { code: until > now ? 'botPaused' : 'botResumed', why });
}
