/**
 * How large and how often, for every door of the ingress: the one table. Doors are limited by it, tests
 * walk it, and docs/operations.md publishes it.
 *
 * A delivery with the right secret or signature is never counted: what is too much of them is
 * `admission.ts`'s, and is answered with 503, because the platform sends those again.
 */
export type Endpoint = {
  /** As they are mounted. */
  readonly routes: readonly string[];
  /** The largest body, in bytes; 0: it takes none. */
  readonly body: number;
  /** Which calls are counted. */
  readonly counts: 'every call' | 'wrong secrets' | 'wrong signatures' | 'wrong addresses';
  /** Whose calls are counted together. */
  readonly per: 'address' | 'person' | 'question';
  /** So many at once, */
  readonly atOnce: number;
  /** and so many a minute from then on. */
  readonly perMinute: number;
};

const kibibyte = 1_024;
const mebibyte = 1_024 * kibibyte;

const reading = { body: 0, counts: 'every call', per: 'address' } as const;
const wrong = { body: mebibyte, per: 'address', atOnce: 60, perMinute: 60 } as const;

export const control = {
  webhook: { routes: ['POST /webhooks/engage'], ...wrong, counts: 'wrong secrets' },
  verification: {
    routes: ['GET /webhooks/engage', 'GET /channels/messenger'],
    ...reading,
    ...{ atOnce: 30, perMinute: 30 },
  },
  sourceSdk: {
    routes: ['POST /channels/source-sdk', 'POST /channels/source-sdk/conversations'],
    ...wrong,
    counts: 'wrong signatures',
  },
  messenger: { routes: ['POST /channels/messenger'], ...wrong, counts: 'wrong signatures' },
  answers: { routes: ['POST /bots/answers/:token'], ...wrong, counts: 'wrong addresses' },
  /** An answer may be put right, and sent again while Temporal is away. */
  question: {
    ...{ routes: ['POST /bots/answers/:token'], body: mebibyte, counts: 'every call' },
    ...{ per: 'question', atOnce: 20, perMinute: 20 },
  },
  /** Whoever has shown so many wrong tokens is not heard, with a right one either. */
  logIn: {
    routes: ['POST /operator/session', '* /operator/*', 'POST /codec/decode'],
    ...{ body: 16 * kibibyte, counts: 'wrong secrets', per: 'address' },
    ...{ atOnce: 30, perMinute: 10 },
  },
  session: {
    routes: ['* /operator/session', '* /operator/session/*'],
    ...{ body: 16 * kibibyte, counts: 'every call', per: 'address', atOnce: 60, perMinute: 60 },
  },
  operator: {
    routes: ['* /operator/*'],
    ...{
      body: 16 * kibibyte,
      counts: 'every call',
      per: 'person',
      atOnce: 1_000,
      perMinute: 1_800,
    },
  },
  console: { routes: ['GET /console/*'], ...reading, atOnce: 300, perMinute: 600 },
  webChat: { routes: ['GET /web-chat.js'], ...reading, atOnce: 600, perMinute: 6_000 },
  /** A page of history in the Temporal UI. */
  codec: {
    routes: ['POST /codec/decode', 'POST /codec/encode'],
    ...{ body: 8 * mebibyte, counts: 'every call', per: 'address', atOnce: 120, perMinute: 600 },
  },
  documents: {
    routes: ['GET /openapi.json', 'GET /schemas/bot.json'],
    ...reading,
    ...{ atOnce: 60, perMinute: 120 },
  },
  health: { routes: ['GET /healthz', 'GET /readyz'], ...reading, atOnce: 300, perMinute: 6_000 },
  metrics: { routes: ['GET /metrics'], ...reading, atOnce: 60, perMinute: 600 },
} as const satisfies Record<string, Endpoint>;

export type ControlName = keyof typeof control;
export type SimulatorControl = Readonly<Record<ControlName, Endpoint>>;

/** As an answer says it: `1 MiB`, `16 KiB`. */
export function inWords(bytes: number): string {
  if (bytes === 0) return 'nothing';
  return bytes < mebibyte ? `${bytes / kibibyte} KiB` : `${bytes / mebibyte} MiB`;
}
