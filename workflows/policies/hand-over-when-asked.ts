/**
 * Hands over when the customer asks for a human, by one of the configured words or as the bot
 * understood it. The last word counts: who takes the request back in the same burst is not handed over.
 *
 * Passes if the customer does not ask for a human, and at any other moment.
 */
import { mentions } from '../../bots/messages/mentions.js';
import type { Policy } from './policy.js';

export const handOverWhenAsked: Policy = (moment, { handOverWords, cancelWords = [] }) => {
  if (moment.at === 'turnBegins') {
    const asked = moment.contents.findLastIndex(({ body }) => mentions(body, handOverWords));
    const cancelled = moment.contents.findLastIndex(({ body }) => mentions(body, cancelWords));
    const asks = asked >= 0 && asked >= cancelled;
    return asks ? { do: 'handOver', because: 'customerAsked' } : undefined;
  }
  if (moment.at === 'botAnswered' && moment.answer.handOver) {
    return { do: 'handOver', because: moment.answer.handOver.because };
  }
  return undefined;
};
