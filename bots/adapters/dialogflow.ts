/**
 * A Dialogflow CX agent behind its REST API (v3, `detectIntent`). One burst is one text query; texts are
 * replies, a live agent handoff hands over, the end of the interaction solves, and a custom payload may
 * declare `{"baton": {…}}`. A long-running operation is polled until it is done.
 *
 * Baton creates the session id, which contains nothing of the customer's.
 */
import { z } from 'zod';
import { defineAdapter } from '../adapter.js';
import type { Bot, BotTurn } from '../bot.js';
import { createExchange, parseAnswer, type Exchange } from '../http/exchange.js';
import { endpoint, endpointUrl, isSafeUrl, unsafeUrl, variable } from '../http/settings.js';
import { byServiceAccount, byToken, type Authorisation } from './dialogflow-access.js';
import { readAnswer, detected, OperationFailed } from './dialogflow-answer.js';
import { saidIn, vendorAnswer } from './vendor.js';

const settings = z
  .strictObject({
    /** `projects/P/locations/L/agents/A`, optionally followed by an environment. */
    agent: z
      .string()
      .regex(
        /^projects\/[\w.:-]+\/locations\/[\w-]+\/agents\/[\w-]+(\/environments\/[\w-]+)?$/,
        'expected projects/…/locations/…/agents/…',
      ),
    /** URL of the API; by default the one of the agent's location. */
    url: endpointUrl.optional(),
    /** Environment variable with an OAuth access token. */
    tokenFrom: variable.optional(),
    /** Environment variable with a service account's key file, as JSON. */
    serviceAccountFrom: variable.optional(),
    /** Used when the platform knows no language. */
    languageCode: z.string().min(2).default('en'),
    timeZone: z.string().min(1).optional(),
    ...endpoint,
  })
  .transform((given) => ({ ...given, url: given.url ?? apiOf(given.agent) }))
  .refine(isSafeUrl, unsafeUrl)
  .refine((given) => Boolean(given.tokenFrom) !== Boolean(given.serviceAccountFrom), {
    path: ['tokenFrom'],
    message: 'expected either tokenFrom or serviceAccountFrom',
  });

type DialogflowSettings = z.output<typeof settings>;

/** Pause between two polls of an operation, in milliseconds. */
const pause = { first: 250, longest: 4_000 } as const;

export const dialogflow = defineAdapter({
  settings,
  runs: () => 'remote',
  timeout: () => 60_000,
  secrets: secretsOf,
  create: (given, { secret }) => createDialogflowBot(given, accessOf(given, secret)),
});

function secretsOf({ tokenFrom, serviceAccountFrom }: DialogflowSettings): readonly string[] {
  return [tokenFrom, serviceAccountFrom].filter((one) => one !== undefined);
}

function accessOf(given: DialogflowSettings, secret: (variable: string) => string): Authorisation {
  const { tokenFrom, serviceAccountFrom, url } = given;
  if (serviceAccountFrom === undefined) return byToken(secret(tokenFrom ?? ''));
  return byServiceAccount(secret(serviceAccountFrom), serviceAccountFrom, url);
}

function apiOf(agent: string): string {
  const [, location = 'global'] = /\/locations\/([\w-]+)/.exec(agent) ?? [];
  const region = location === 'global' ? '' : `${location}-`;
  return `https://${region}dialogflow.googleapis.com`;
}

function createDialogflowBot(given: DialogflowSettings, access: Authorisation): Bot {
  const base = `${given.url.replace(/\/+$/, '')}/v3`;
  const exchange = createExchange({ ...given, url: base });
  return {
    runs: 'remote',
    async answer(turn, { signal, conversationId }) {
      // A session id has at most 36 characters.
      const session = `${given.agent}/sessions/${conversationId.slice(0, 36)}`;
      const headers = { authorization: await access() };
      const { text } = await exchange({
        url: `${base}/${session}:detectIntent`,
        body: JSON.stringify(queryOf(turn, given)),
        headers,
        signal,
      });
      const begun = vendorAnswer(detected, parseAnswer(text));
      return readAnswer(await untilDone(begun, { base, exchange, headers, signal }));
    },
  };
}

function queryOf(turn: BotTurn, { languageCode, timeZone }: DialogflowSettings): object {
  return {
    queryInput: { text: { text: saidIn(turn) }, languageCode: turn.locale ?? languageCode },
    queryParams: {
      ...(timeZone !== undefined && { timeZone }),
      parameters: { baton: { turn: turn.id, source: turn.sourceName, profile: turn.profile } },
    },
  };
}

type Detected = z.output<typeof detected>;
type Looking = {
  readonly base: string;
  readonly exchange: Exchange;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

async function untilDone(begun: Detected, looking: Looking): Promise<Detected> {
  const { base, exchange, headers, signal } = looking;
  let now = begun;
  for (let wait: number = pause.first; !now.queryResult; wait = Math.min(2 * wait, pause.longest)) {
    if (now.error) throw new OperationFailed(now.error.code);
    if (now.done === true) return now.response ?? now;
    if (now.name === undefined) return now;
    await passed(wait, signal);
    const url = `${base}/${now.name}`;
    const { text } = await exchange({ method: 'GET', url, headers, signal });
    now = vendorAnswer(detected, parseAnswer(text));
  }
  return now;
}

function passed(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const withdrawn = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', withdrawn);
      resolve();
    }, time);
    if (signal.aborted) withdrawn();
    else signal.addEventListener('abort', withdrawn, { once: true });
  });
}
