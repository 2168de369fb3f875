/**
 * A company's own bot behind HTTP. Baton POSTs the turn as signed JSON; the bot answers with 200 and an
 * answer, or with 202, and later sends the answer to `X-Baton-Callback`. All other statuses are errors:
 * 4xx are final except 408, 425 and 429; 5xx are retried.
 *
 * `Idempotency-Key` is the turn's id and is the same in every attempt.
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
    /** Environment variable with the secret that signs requests. */
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

/** The bot wants to answer later, but no callback URL is configured. */
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
