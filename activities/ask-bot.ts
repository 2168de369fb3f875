/**
 * Asks the bot one turn. Repeatable: the turn's id is the bot's idempotency key, and the answer alone
 * sends nothing to the customer. An invalid answer is a failure and is not retried.
 *
 * The turn's budget is checked here, because the SDK does not enforce it for local activities that
 * fail at once: a bot that always throws would be asked forever.
 */
import { createHash } from 'node:crypto';
import { Context } from '@temporalio/activity';
import type { Asking, BotTurn } from '../bots/bot.js';
import { checkAnswer } from '../bots/contract.js';
import type { WorkActivities } from '../workflows/contract/work.js';
import { botFailure, knownBot } from './bot-failure.js';
import { checkEmergency } from './emergency-check.js';
import type { Ports } from './ports.js';
import { stayingAlive } from './staying-alive.js';

export const createAskBot = ({
  bots,
  emergencies,
  answerUrl,
  tracing,
}: Pick<Ports, 'bots' | 'emergencies' | 'answerUrl' | 'tracing'>): WorkActivities['askBot'] =>
  async function askBot({ sourceName, botName, turn }) {
    try {
      await checkEmergency({ emergencies }, { sourceName, botName });
      const bot = knownBot(bots, botName);
      const mayTalk = async (other: string) =>
        !(await emergencies.isInForce({ sourceName, botName: other }));
      const traceparent = tracing?.current();
      const asking = {
        ...askingOf(turn, answerUrl),
        mayTalk,
        ...(traceparent !== undefined && { traceparent }),
      };
      const answer = await stayingAlive((signal) => bot.answer(turn, { signal, ...asking }));
      return answer === 'later' ? answer : checkAnswer(answer);
    } catch (error) {
      throw botFailure(error);
    }
  };

function askingOf(turn: BotTurn, answerUrl: Ports['answerUrl']): Omit<Asking, 'signal'> {
  const { workflowExecution } = Context.current().info;
  const workflowId = workflowExecution?.workflowId ?? '';
  const callbackUrl = answerUrl?.({ workflowId, to: turn.id, until: turn.deadline });
  const conversation = createHash('sha256').update(`${workflowId}/${turn.episode}`);
  return {
    conversationId: conversation.digest('hex'),
    ...(callbackUrl !== undefined && { callbackUrl }),
  };
}
