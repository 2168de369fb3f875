import type { Policy } from './policy.js';

/**
 * The customer asks for a person, in words the business listed or as the bot understood it.
 *
 * Words are compared whole and without case, so "agent" is heard in "an Agent, please" and not in
 * "agenda"; a listed phrase of several words must occur in that order.
 *
 * Passes at any other moment, and when nothing asks for a person.
 */
export const handOverWhenAsked: Policy = (moment, { handOverWords }) => {
  if (moment.at === 'turnBegins') {
    const asks = moment.contents.some(({ body }) => asksForAPerson(body, handOverWords));
    return asks ? { do: 'handOver', because: 'customerAsked' } : undefined;
  }
  if (moment.at === 'botAnswered' && moment.answer.handOver) {
    return { do: 'handOver', because: moment.answer.handOver.because };
  }
  return undefined;
};

function asksForAPerson(body: string, handOverWords: readonly string[]): boolean {
  const spoken = ` ${words(body)} `;
  return handOverWords.some(
    (phrase) => words(phrase) !== '' && spoken.includes(` ${words(phrase)} `),
  );
}

function words(text: string): string {
  return (text.toLocaleLowerCase('en').match(/[\p{Letter}\p{Mark}\p{Number}]+/gu) ?? []).join(' ');
}
