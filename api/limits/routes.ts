/**
 * Body sizes and rate limits of all endpoints of the ingress, in one table. The endpoints enforce it,
 * tests iterate over it, and docs/operations/limits.md publishes it.
 *
 * Deliveries with a valid secret or signature are not rate-limited. `webhook/admission.ts` bounds them and
 * answers 503, because the platform then sends them again.
 */
export type RouteLimit = {
  /** Patterns of its routes. */
  readonly routes: readonly string[];
  /** Largest body, in bytes; 0: no body allowed. */
  readonly body: number;
  /** Which calls are counted. */
  readonly counts: 'every call' | 'wrong secrets' | 'wrong signatures' | 'wrong addresses';
  /** Calls are counted together per address, person or question. */
  readonly per: 'address' | 'person' | 'question';
  /** Maximum burst. */
  readonly atOnce: number;
  /** Refill per minute. */
  readonly perMinute: number;
};

const kibibyte = 1_024;
const mebibyte = 1_024 * kibibyte;

const reading = { body: 0, counts: 'every call', per: 'address' } as const;
const wrong = { body: mebibyte, per: 'address', atOnce: 60, perMinute: 60 } as const;

export const routeLimits = {
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
  /** A bot may correct its answer, and repeat it while Temporal is not reachable. */
  question: {
    ...{ routes: ['POST /bots/answers/:token'], body: mebibyte, counts: 'every call' },
    ...{ per: 'question', atOnce: 20, perMinute: 20 },
  },
  /** After this many wrong tokens, further log-ins are refused, even with a valid token. */
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
  /** Large enough for a page of history in the Temporal UI. */
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
} as const satisfies Record<string, RouteLimit>;

export type LimitName = keyof typeof routeLimits;
export type RouteLimits = Readonly<Record<LimitName, RouteLimit>>;

/** Formats a size: `1 MiB`, `16 KiB`. */
export function formatSize(bytes: number): string {
  if (bytes === 0) return 'nothing';
  return bytes < mebibyte ? `${bytes / kibibyte} KiB` : `${bytes / mebibyte} MiB`;
}
