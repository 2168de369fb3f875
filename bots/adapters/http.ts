/**
 * A company's own bot behind HTTP. The turn is POSTed as JSON, signed; it answers at once with 200 and
 * an answer, or with 202 and sends it to `X-Baton-Callback` when it has one. Everything else is no
 * answer: statuses from 400 on are final but 408, 425 and 429, from 500 on it is asked again.
 *
 * `Idempotency-Key` is the turn's id: the same question, asked again, has the same.
 */
import { z } from 'zod';
import type { Bot } from '../bot.js';
import { BotError } from '../bot-error.js';
import { defineAdapter } from '../adapter.js';
import { checkAnswer } from '../contract.js';
import { createExchange, parseAnswer } from '../http/exchange.js';
import { endpoint, endpointUrl, isSafeUrl, unsafeUrl, variable } from '../http/settings.js';
import { signatureHeaders } from '../http/signature.js';

const settings = z
  .strictObject({
    url: endpointUrl,
    /** The environment variable that holds what requests are signed with. */
    secretFrom: variable,
    ...endpoint,
  })
  .refine(isSafeUrl, unsafeUrl);

export type HttpBotSettings = z.output<typeof settings>;

export const http = defineAdapter({
  settings,
  runs: () => 'remote',
  timeout: () => 15_000,
  secrets: ({ secretFrom }) => [secretFrom],
  create: (given, { secret }) => createHttpBot(given, secret(given.secretFrom)),
});

/** It wants to answer later, and there is no address for that. */
export class NoCallback extends BotError {
  override readonly name = 'NoCallback';
  readonly isFinal = true;
  constructor() {
    super('the bot answered 202, but Baton has no BATON_PUBLIC_URL for a later answer');
  }
}

export function createHttpBot(
  given: Omit<HttpBotSettings, 'secretFrom'>,
  secret: string,
  now: () => number = Date.now,
): Bot {
  const exchange = createExchange(given);
  return {
    runs: 'remote',
    async answer(turn, { signal, callbackUrl, conversationId, traceparent }) {
      const body = JSON.stringify(turn);
      const { status, text } = await exchange({
        body,
        signal,
        headers: {
          'idempotency-key': turn.id,
          'x-baton-conversation': conversationId,
          ...(callbackUrl !== undefined && { 'x-baton-callback': callbackUrl }),
          ...(traceparent !== undefined && { traceparent }),
          ...signatureHeaders(secret, body, now()),
        },
      });
      if (status !== 202) return checkAnswer(parseAnswer(text));
      if (callbackUrl === undefined) throw new NoCallback();
      return 'later';
    },
  };
}
