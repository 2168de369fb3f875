/**
 * A Cognigy.AI flow behind a REST endpoint. One burst is one input; each output of the flow that has text
 * is a reply. Other actions are declared in the data of a Say node: `{"baton": {"handOver": {…}}}` or
 * `{"baton": {"isSolved": true}}`.
 *
 * Cognigy keeps the conversation by its session id, which Baton creates. It has no idempotency key; the
 * turn's id is in `data.baton` for flows that check it.
 */
import { z } from 'zod';
import { defineAdapter } from '../adapter.js';
import type { Bot, BotAnswer } from '../bot.js';
import { createExchange, parseAnswer } from '../http/exchange.js';
import { endpoint, endpointUrl, isSafeUrl, unsafeUrl, variable } from '../http/settings.js';
import { declaredIn, saidIn, vendorAnswer } from './vendor.js';

const settings = z
  .strictObject({
    /** `https://endpoint-….cognigy.ai`, without the token that its URL ends with. */
    url: endpointUrl,
    /** Environment variable with the URL's token; whoever has the token may use the flow. */
    tokenFrom: variable,
    ...endpoint,
  })
  .refine(isSafeUrl, unsafeUrl);

const output = z.object({ text: z.string().nullish(), data: z.unknown().optional() });
/** `text` and `data` combine all outputs; they are used only without an output stack. */
const outcome = output.extend({ outputStack: z.array(output).nullish() });

export const cognigy = defineAdapter({
  settings,
  runs: () => 'remote',
  timeout: () => 20_000,
  secrets: ({ tokenFrom }) => [tokenFrom],
  create: (given, { secret }) => createCognigyBot(given, secret(given.tokenFrom)),
});

function createCognigyBot(given: z.output<typeof settings>, token: string): Bot {
  const url = `${given.url.replace(/\/+$/, '')}/${encodeURIComponent(token)}`;
  const exchange = createExchange({ ...given, url });
  return {
    runs: 'remote',
    async answer(turn, { signal, conversationId }) {
      const { id, sourceName: source, locale } = turn;
      const body = {
        userId: conversationId,
        sessionId: conversationId,
        text: saidIn(turn),
        data: { baton: { turn: id, source, ...(locale !== undefined && { locale }) } },
      };
      const { text } = await exchange({ body: JSON.stringify(body), signal });
      return answerOf(vendorAnswer(outcome, parseAnswer(text)));
    },
  };
}

function answerOf({ outputStack, text, data }: z.output<typeof outcome>): BotAnswer {
  const outputs = outputStack ?? [{ text, data }];
  const replies = outputs.flatMap((one) => (one.text ? [{ body: one.text }] : []));
  return Object.assign({ replies }, ...outputs.map((one) => declaredIn(one.data))) as BotAnswer;
}
