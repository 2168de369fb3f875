/** The platform's REST API under `/1.0`: authentication, rate limit, and all resources. */
import { Hono, type Context, type Next } from 'hono';
import type { AccessToken } from '../access-token.js';
import type { Faults } from '../faults.js';
import { findThread as threadOfCustomer } from '../messenger/platform-app.js';
import { iso, must, ApiError, type Platform } from '../platform/platform.js';
import { users } from '../seed.js';
import type { User, Webhook } from '../state.js';
import { attachmentRoutes } from './attachments.js';
import { botRoutes } from './bots.js';
import { customerOfThread } from '../platform/threads.js';
import { createOn, type SimulatorContext, type Variables } from './call.js';
import { contentRoutes } from './contents.js';
import {
  categoryRoutes,
  channelRoutes,
  communityRoutes,
  identityRoutes,
  roleRoutes,
  sourceRoutes,
  teamRoutes,
  userRoutes,
} from './directory.js';
import { customFieldRoutes, groupRoutes } from './profiles.js';
import { injectFaults } from './fault-injection.js';
import { commentRoutes, interventionRoutes } from './interventions.js';
import { journalRoutes } from './journal.js';
import { readParameters, text } from './parameters.js';
import { RateLimit } from './rate-limit.js';
import { statusRoutes } from './status.js';
import { taskRoutes } from './tasks.js';
import { threadRoutes } from './threads.js';
import { topologyRoutes } from './topologies.js';
import { webhookRoutes } from './webhooks.js';

/** One call and its answer, for conformance checks against the published description. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string | undefined;
  /** From query, form or JSON. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly answer: unknown;
};

export type RestOptions = {
  readonly platform: Platform;
  readonly faults: Faults;
  readonly token: AccessToken;
  readonly requestsPerMinute: number;
  /** Length of a minute of the rate limit, in milliseconds. */
  readonly minute?: number | undefined;
  readonly webhookSaved: (webhook: Webhook) => void;
  readonly changed: () => void;
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
};

export function createRestApp(options: RestOptions): Hono<{ Variables: Variables }> {
  const { platform, faults } = options;
  const app = new Hono<{ Variables: Variables }>();

  app.use('/1.0/*', recordCalls(options));
  app.use('/1.0/*', setParameters);
  const customerOf = (c: Context) => customerOfThread(platform.state, threadOf(platform, c));
  app.use('/1.0/*', injectFaults(faults, customerOf));
  app.use('/1.0/*', admit(options));

  const on = createOn(app, platform);
  const all = [
    attachmentRoutes,
    contentRoutes,
    threadRoutes,
    interventionRoutes,
    commentRoutes,
    categoryRoutes,
    userRoutes,
    roleRoutes,
    teamRoutes,
    identityRoutes,
    groupRoutes,
    customFieldRoutes,
    sourceRoutes,
    channelRoutes,
    communityRoutes,
    statusRoutes,
    taskRoutes,
    topologyRoutes,
    journalRoutes,
    botRoutes,
  ];
  for (const routes of all) routes(on, platform);
  webhookRoutes(on, platform, options.webhookSaved);
  return app;
}

async function setParameters(c: SimulatorContext, next: Next): Promise<void> {
  c.set('parameters', await readParameters(c as Context));
  await next();
}

/** Applies the rate limit and requires the token. */
function admit(options: RestOptions) {
  const limit = new RateLimit(options.requestsPerMinute, options.minute);
  return async function admitted(c: SimulatorContext, next: Next): Promise<void> {
    if (!limit.take(options.platform.now())) {
      const message = `Rate limit exceeded (${limit.perMinute} requests per minute max)`;
      throw new ApiError(429, 'rate_limit_exceeded', message);
    }
    c.set('user', authenticate(c, options));
    await next();
    options.changed();
  };
}

/** The token, in the header or as a parameter, identifies the bot's user. @throws ApiError */
function authenticate(c: SimulatorContext, { platform, token }: RestOptions): User {
  const parameters = c.get('parameters') ?? {};
  const bearer = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  token.check(bearer ?? text(parameters, 'access_token'));
  if (text(parameters, 'impersonated_user_id') !== undefined) {
    throw new ApiError(400, 'bad_request', 'You may not impersonate this user');
  }
  return must(platform.state.users, users.bot, 'User');
}

function recordCalls({ platform, onExchange }: RestOptions) {
  return async function recorded(c: SimulatorContext, next: Next): Promise<void> {
    const at = iso(platform.now());
    await next();
    // Every answer carries the platform's own time.
    if (!c.res.headers.has('x-hono-already-sent')) {
      c.header('date', new Date(platform.now()).toUTCString());
    }
    const { method, path } = c.req;
    // A cut or silent connection has no status.
    const status = c.res.headers.has('x-hono-already-sent') ? null : c.res.status;
    const thread_id = threadOf(platform, c);
    platform.state.requests.push({ at, method, path, status, thread_id });
    if (status === null || !onExchange) return;
    const answer: unknown = await c.res
      .clone()
      .json()
      .catch(() => undefined);
    // A fault replaced or truncated the JSON.
    if (answer === undefined) return;
    onExchange({
      ...{ method, path, status, answer },
      query: new URL(c.req.url).searchParams,
      contentType: c.req.header('content-type'),
      parameters: c.get('parameters') ?? {},
    });
  };
}

/** The thread of a call, for `GET /record?thread=`. */
function threadOf(platform: Platform, c: SimulatorContext): string | null {
  const { state } = platform;
  const id = /^\/1\.0\/[a-z_]+\/([^/]+)/.exec(c.req.path)?.[1] ?? '';
  const parameters = c.get('parameters') ?? {};
  const named = [
    id,
    parameters['intervention_id'],
    byCustomer(platform, parameters['identity_foreign_id']),
    parameters['in_reply_to_id'],
    parameters['content_id'],
    parameters['thread_id'],
  ];
  for (const one of named) {
    if (typeof one !== 'string') continue;
    if (state.threads[one]) return one;
    const owner = state.contents[one] ?? state.interventions[one];
    if (owner) return owner.thread_id;
  }
  return /thread:"([^"]+)"/.exec(c.req.query('q') ?? '')?.[1] ?? null;
}

/** On a Facebook page calls name only the customer. */
function byCustomer(platform: Platform, customer: unknown): string | undefined {
  return typeof customer === 'string' ? threadOfCustomer(platform, customer)?.id : undefined;
}
