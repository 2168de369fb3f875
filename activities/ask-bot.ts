import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { checkAnswer, InvalidAnswer } from '../bots/contract.js';
import type { WorkActivities } from '../workflows/work.js';
import { checkEmergency } from './emergency-check.js';
import type { Ports } from './ports.js';
import { stayingAlive } from './staying-alive.js';

/**
 * Ask the bot one turn. Repeatable: the turn's id is the bot's idempotency key, and its answer says
 * nothing to the customer by itself. What is not an answer is a failure, and not asked for again.
 *
 * The turn's budget is kept here: for local activities that fail at once the SDK does not keep it, and
 * a bot that always throws would be asked for ever.
 */
export const createAskBot = ({
  bots,
  emergencies,
  answerUrl,
}: Pick<Ports, 'bots' | 'emergencies' | 'answerUrl'>): WorkActivities['askBot'] =>
  async function askBot({ sourceName, botName, turn }) {
    try {
      await checkEmergency({ emergencies }, { sourceName, botName });
      const bot = bots.get(botName);
      if (!bot) throw new Error(`no bot ${botName} on this worker`);
      const { workflowExecution } = Context.current().info;
      const callbackUrl = answerUrl?.({
        workflowId: workflowExecution?.workflowId ?? '',
        to: turn.id,
      });
      const mayTalk = async (other: string) =>
        !(await emergencies.isInForce({ sourceName, botName: other }));
      const answer = await stayingAlive((signal) =>
        bot.answer(turn, { signal, mayTalk, ...(callbackUrl !== undefined && { callbackUrl }) }),
      );
      return answer === 'later' ? answer : checkAnswer(answer);
    } catch (error) {
      if (error instanceof InvalidAnswer) {
        throw ApplicationFailure.nonRetryable(error.message, error.name);
      }
      const isFinal = error instanceof ApplicationFailure && error.nonRetryable === true;
      if (isFinal || !isBudgetSpent()) throw error;
      throw ApplicationFailure.nonRetryable('the turn’s budget is spent', 'Timeout');
    }
  };

function isBudgetSpent(): boolean {
  const { scheduledTimestampMs, scheduleToCloseTimeoutMs } = Context.current().info;
  return Date.now() - scheduledTimestampMs >= scheduleToCloseTimeoutMs;
}
