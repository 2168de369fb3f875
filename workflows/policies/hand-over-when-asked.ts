import { mentions } from '../../bots/messages/mentions.js';
import type { Policy } from './policy.js';

/**
 * The customer asks for a person, in words the business listed or as the bot understood it.
 *
 * Passes at any other moment, and when nothing asks for a person.
 */
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
