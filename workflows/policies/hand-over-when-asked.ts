/**
 * Hands over when the customer asks for a human, by one of the configured words or as the bot
 * understood it.
 *
 * Passes if the customer does not ask for a human, and at any other moment.
 */
import { mentions } from '../../bots/messages/mentions.js';
import type { Policy } from './policy.js';

export const handOverWhenAsked: Policy = (moment, { handOverWords }) => {
  if (moment.at === 'turnBegins') {
    const asks = moment.contents.some(({ body }) => mentions(body, handOverWords));
    return asks ? { do: 'handOver', because: 'customerAsked' } : undefined;
  }
  if (moment.at === 'botAnswered' && moment.answer.handOver) {
    return { do: 'handOver', because: moment.answer.handOver.because };
  }
  return undefined;
};
