/**
 * `POST /codec/decode`: decodes encrypted payloads for the Temporal UI or `temporal --codec-endpoint`.
 * Only operators who may see all sources may call it, because a payload does not name its source. Each
 * call is logged, without contents. There is no endpoint that encrypts.
 */
import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import { z } from 'zod';
import type { Log } from '../../runtime/log.js';
import { tooMany, type RateLimits } from '../limits/rate-limits.js';
import type { Guarded } from '../limits/guarded.js';
import {
  KeyStoreAway,
  type EncryptedPayloads,
} from '../../temporal/encryption/encrypted-payloads.js';
import { limitSize, readBody } from '../operator/body.js';
import type { Authentication } from '../operator/authorise.js';
import { hasRole, type Principal } from '../operator/principal.js';

export type CodecOptions = Authentication & {
  readonly payloads: EncryptedPayloads;
  readonly namespace: string;
  /** Origin of the Temporal UI. Absent: browsers are refused, except with a token. */
  readonly origin: string | undefined;
};

const maxPayloads = 2_000;

const base64 = z.base64();
const bodySchema = z.object({
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), base64).optional(), data: base64.optional() }))
    .max(maxPayloads),
});

export function createCodecRoutes(options: CodecOptions, { rateLimits, log }: Guarded): Hono {
  const app = new Hono();
  const allowHeaders = ['content-type', 'x-namespace', 'authorization'];
  if (options.origin !== undefined) {
    const allowed = { origin: options.origin, allowMethods: ['POST'], allowHeaders };
    app.use('*', cors({ ...allowed, credentials: true, maxAge: 600 }));
  }
  app.use('*', limitSize(rateLimits.limits.codec.body), rateLimits.each('codec'));
  app.post('/decode', (c) => decode(c, { ...options, rateLimits, log }));
  app.post('/encode', (c) => {
    return c.json(
      { error: 'refused', message: 'this server decrypts only; it does not encrypt' },
      403,
    );
  });
  return app;
}

type Decoding = CodecOptions & { readonly rateLimits: RateLimits; readonly log: Log };

async function decode(c: Context, options: Decoding): Promise<Response> {
  c.header('cache-control', 'no-store');
  const wait = options.rateLimits.wait('logIn', c);
  if (wait > 0) return tooMany(c, wait);
  const who = whoAsks(c, options);
  if (!who) {
    options.rateLimits.take('logIn', c);
    return unknown(c);
  }
  if (!hasRole(who, 'operator') || who.sources !== 'all') {
    const message = 'this needs the role operator, for all sources';
    return c.json({ error: 'role', message }, 403);
  }
  const namespace = c.req.header('x-namespace');
  if (namespace !== undefined && namespace !== options.namespace) {
    return c.json({ error: 'namespace', message: 'this is not our namespace' }, 403);
  }
  const read = await readBody(c, bodySchema);
  if ('refusal' in read) return read.refusal;
  try {
    const { payloads, keys } = await options.payloads.open(read.body.payloads);
    options.log.info({ by: who.name, payloads: payloads.length, keys }, 'payloads were decoded');
    return c.json({ payloads });
  } catch (error) {
    if (!(error instanceof KeyStoreAway)) throw error;
    c.header('retry-after', '5');
    return c.json({ error: 'key_store_away', message: 'the key store does not answer' }, 503);
  }
}

/**
 * Authenticates the caller by token, or by session if the request comes from the Temporal UI's own origin.
 * That origin replaces the CSRF token, which the UI cannot know. The UI's own log-in may send a token that
 * is not Baton's; it is ignored.
 */
function whoAsks(c: Context, { credentials, sessions, origin }: CodecOptions) {
  const [, token] = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '') ?? [];
  const byToken: Principal | undefined =
    token === undefined ? undefined : credentials.byToken(token);
  if (byToken) return byToken;
  const isFromUi = origin !== undefined && c.req.header('origin') === origin;
  return isFromUi ? sessions.read(c)?.principal : undefined;
}

function unknown(c: Context): Response {
  c.header('www-authenticate', 'Bearer');
  const message = 'expected the token of an operator, or a session from the Temporal UI';
  return c.json({ error: 'token', message }, 401);
}
