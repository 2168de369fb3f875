/** Stages of the bots that are asked over HTTP, each with its vendor's protocol in a few lines. */
import type { BotTurn } from '../../../bots/bot.js';
import { botFromConfig, type AdapterSetup } from './adapter-setup.js';
import { startActServer, type ActServer, type Protocol } from './act-server.js';
import { agent } from './vendors.js';

const textOf = (of: unknown) => String(of);
const asksForHuman = { because: 'customerAsked' } as const;

function setupOf(
  protocol: Protocol,
  configOf: (server: ActServer) => Readonly<Record<string, unknown>>,
  cannot: AdapterSetup['cannot'] = {},
) {
  return async (): Promise<AdapterSetup> => {
    const server = await startActServer(protocol);
    const { asked, stop } = server;
    return { bot: botFromConfig(configOf(server)), cannot, asked, stop };
  };
}

/** What a vendor without words of its own for it declares. */
function declared(does: 'handOver' | 'solve' | undefined): object {
  if (does === undefined) return {};
  return { baton: does === 'handOver' ? { handOver: asksForHuman } : { isSolved: true } };
}

export const httpSetup = setupOf(
  {
    read: (body, { headers }) => ({
      words: (body as unknown as BotTurn).burst.map((one) => one.body).join('\n'),
      key: textOf(headers['idempotency-key']),
    }),
    write: ({ say, choices, does }) => ({
      replies: [
        {
          body: say,
          ...(choices && {
            structured: { type: 'select', items: choices.map((title) => ({ title })) },
          }),
        },
      ],
      ...(does === 'handOver' && { handOver: asksForHuman }),
      ...(does === 'solve' && { isSolved: true }),
    }),
    garbage: { replies: 'none' },
  },
  ({ url }) => ({ http: { url, secretFrom: 'SHARED', allowPrivate: true } }),
);

export const rasaSetup = setupOf(
  {
    read: ({ sender, message, metadata }) => ({
      words: textOf(message),
      key: `${textOf(sender)} ${textOf((metadata as { turn: string }).turn)}`,
    }),
    write: ({ say, choices, does }) => [
      {
        text: say,
        ...(choices && { buttons: choices.map((title) => ({ title, payload: `/${title}` })) }),
      },
      { custom: declared(does) },
    ],
    garbage: { no: 'list' },
  },
  ({ url }) => ({ rasa: { url, allowPrivate: true } }),
);

export const cognigySetup = setupOf(
  {
    read: ({ sessionId, text, data }) => ({
      words: textOf(text),
      key: `${textOf(sessionId)} ${(data as { baton: { turn: string } }).baton.turn}`,
    }),
    write: ({ say, does }) => ({ outputStack: [{ text: say, data: declared(does) }] }),
    garbage: { outputStack: 7 },
  },
  ({ url }) => ({ cognigy: { url, tokenFrom: 'ENDPOINT', allowPrivate: true } }),
  { choose: 'what an endpoint shows besides text is of its channel, not of the REST endpoint' },
);

export const dialogflowSetup = setupOf(
  {
    read: ({ queryInput }, { url }) => {
      const { text } = (queryInput as { text: { text: string } }).text;
      return { words: text, key: `${url} ${text}` };
    },
    write: ({ say, does }) => ({
      queryResult: {
        responseMessages: [
          { text: { text: [say] } },
          ...(does === 'handOver' ? [{ liveAgentHandoff: {} }] : []),
          ...(does === 'solve' ? [{ endInteraction: {} }] : []),
        ],
      },
    }),
    garbage: { queryResult: 'none' },
  },
  ({ url }) => ({ dialogflow: { agent, url, tokenFrom: 'TOKEN', allowPrivate: true } }),
  { choose: 'what an agent shows besides text is a payload of its own' },
);
