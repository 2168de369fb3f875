/**
 * A Rasa assistant behind its REST channel (`/webhooks/rest/webhook`). One burst is one message; buttons
 * become a choice, or a list where the channel has no choices, and images their URL. Other actions are
 * declared in `custom`: `{"baton": {"handOver": {…}}}` or `{"baton": {"isSolved": true}}`.
 *
 * Rasa keeps the conversation by its sender id, which Baton creates. It has no idempotency key: a question
 * that is repeated because a worker died is processed twice.
 */
import { z } from 'zod';
import { defineAdapter } from '../adapter.js';
import type { Bot, BotAnswer, BotReply, BotTurn } from '../bot.js';
import { createExchange, parseAnswer } from '../http/exchange.js';
import { endpoint, endpointUrl, isSafeUrl, unsafeUrl, variable } from '../http/settings.js';
import { declaredIn, saidIn, vendorAnswer } from './vendor.js';

const settings = z
  .strictObject({
    /** URL of the server, or of a REST channel with another name, up to and including `/webhook`. */
    url: endpointUrl,
    /** Environment variable with a token for a proxy in front of Rasa; its REST channel itself needs none. */
    tokenFrom: variable.optional(),
    ...endpoint,
  })
  .refine(isSafeUrl, unsafeUrl);

type RasaSettings = z.output<typeof settings>;

/** Fields of other output channels are ignored. */
const answers = z.array(
  z.object({
    text: z.string().nullish(),
    image: z.string().nullish(),
    buttons: z.array(z.object({ title: z.string(), payload: z.string().nullish() })).nullish(),
    custom: z.unknown().optional(),
  }),
);
type RasaMessage = z.output<typeof answers>[number];

export const rasa = defineAdapter({
  settings,
  runs: () => 'remote',
  timeout: () => 20_000,
  secrets: ({ tokenFrom }) => (tokenFrom === undefined ? [] : [tokenFrom]),
  create: (given, { secret }) =>
    createRasaBot(given, given.tokenFrom === undefined ? undefined : secret(given.tokenFrom)),
});

function createRasaBot(given: RasaSettings, token: string | undefined): Bot {
  const url = webhookOf(given.url);
  const exchange = createExchange({ ...given, url });
  return {
    runs: 'remote',
    async answer(turn, { signal, conversationId }) {
      const metadata = { turn: turn.id, source: turn.sourceName, locale: turn.locale };
      const body = { sender: conversationId, message: saidIn(turn), metadata };
      const { text } = await exchange({
        body: JSON.stringify(body),
        signal,
        ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
      });
      return answerOf(vendorAnswer(answers, parseAnswer(text)), turn);
    },
  };
}

function webhookOf(url: string): string {
  const { pathname } = new URL(url);
  return pathname === '/' ? new URL('/webhooks/rest/webhook', url).href : url;
}

function answerOf(messages: readonly RasaMessage[], { channel }: BotTurn): BotAnswer {
  const replies = messages.flatMap((one) => replyOf(one, channel.structured.includes('select')));
  return Object.assign(
    { replies },
    ...messages.map(({ custom }) => declaredIn(custom)),
  ) as BotAnswer;
}

function replyOf({ text, image, buttons }: RasaMessage, hasChoices: boolean): readonly BotReply[] {
  const said = [text, image].filter(Boolean).join('\n');
  if (!buttons?.length) return said === '' ? [] : [{ body: said }];
  const listed = buttons.map(({ title }) => `- ${title}`).join('\n');
  if (!hasChoices) return [{ body: [said, listed].filter(Boolean).join('\n') }];
  const items = buttons.map(({ title, payload }) => ({ title, payload: payload ?? title }));
  return [{ body: said || listed, structured: { type: 'select', items } }];
}
