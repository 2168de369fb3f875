/**
 * Facebook's Graph API, as far as a bot's own app uses it, under `/graph/{version}/{page}`: the Send API
 * and the handover protocol. The token identifies the caller, which is always the bot's app.
 */
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { Faults } from '../faults.js';
import { importNative } from '../platform/contents.js';
import { iso, ApiError, type Platform } from '../platform/platform.js';
import { injectFaults } from '../rest/fault-injection.js';
import type { MessengerPage } from '../state.js';
import {
  notYours,
  describeOwner,
  passControl,
  releaseControl,
  requestControl,
  stirred,
  takeControl,
} from './control.js';
import { findThread } from './platform-app.js';

const bodySchema = z.object({
  recipient: z.object({ id: z.string() }),
  target_app_id: z.string().optional(),
  message: z.object({ text: z.string().min(1).max(2_000) }).optional(),
});
type Body = z.output<typeof bodySchema>;
type Call = { readonly page: MessengerPage; readonly customer: string; readonly body: Body };

/** The customer of each call. */
const customers = new WeakMap<Request, string>();

export function graphRoutes(app: Hono, platform: Platform, faults: Faults): void {
  app.use('/graph/*', async (c: Context, next) => {
    customers.set(c.req.raw, await recipientOf(c));
    await next();
    const { method } = c.req;
    const path = `/graph/${c.req.path.split('/')[4] ?? ''}`;
    const status = c.res.headers.has('x-hono-already-sent') ? null : c.res.status;
    const thread_id = findThread(platform, customers.get(c.req.raw) ?? '')?.id ?? null;
    platform.state.requests.push({ at: iso(platform.now()), method, path, status, thread_id });
  });
  app.use(
    '/graph/*',
    injectFaults(faults, (c) => customers.get(c.req.raw)),
  );
  app.get('/graph/:version/:page/thread_owner', (c) =>
    answer(c, platform, c.req.query('recipient'), ({ page, customer }) => {
      const owner = describeOwner(platform, page, customer);
      const thread_owner = { app_id: owner && page.app_ids[owner] };
      return { data: owner ? [{ thread_owner }] : [] };
    }),
  );
  for (const [verb, act] of Object.entries(acts(platform))) {
    app.post(`/graph/:version/:page/${verb}`, async (c) => {
      const body = bodySchema.safeParse(await c.req.json());
      if (!body.success) return c.json(asFacebook(100, 'Invalid parameter'), 400);
      const { id } = body.data.recipient;
      return answer(c, platform, id, (call) => act({ ...call, body: body.data }));
    });
  }
}

async function recipientOf(c: Context): Promise<string> {
  const named = c.req.query('recipient');
  if (named !== undefined) return named;
  const body = bodySchema.safeParse(await c.req.json().catch(() => undefined));
  return body.data?.recipient.id ?? '';
}

function acts(platform: Platform): Readonly<Record<string, (call: Call) => object>> {
  const success = { success: true };
  return {
    messages: (call) => send(platform, call),
    pass_thread_control: ({ page, customer, body }) => {
      if (body.target_app_id !== page.app_ids.platform) throw notYours();
      passControl(platform, page, customer, { by: 'bot', to: 'platform' });
      return success;
    },
    take_thread_control: ({ page, customer }) => {
      takeControl(platform, page, customer, 'bot');
      return success;
    },
    request_thread_control: ({ page, customer }) => {
      requestControl(platform, page, customer, 'bot');
      return success;
    },
    release_thread_control: ({ page, customer }) => {
      releaseControl(platform, page, customer, 'bot');
      return success;
    },
  };
}

/** A message of the bot's app is imported into the platform as a native content of the brand. */
function send(platform: Platform, { page, customer, body }: Call): object {
  if (describeOwner(platform, page, customer) !== 'bot') throw notYours();
  const thread = findThread(platform, customer);
  if (!thread || !body.message) throw new ApiError(400, 'bad_request', 'No such recipient');
  const message_id = `m_${platform.id()}`;
  stirred(platform, page, customer);
  importNative(platform, thread, body.message.text, { by: 'bot:messenger', foreignId: message_id });
  return { recipient_id: customer, message_id };
}

function answer(
  c: Context,
  { state }: Platform,
  customer: string | undefined,
  act: (call: Omit<Call, 'body'> & { body: Body }) => object,
): Response {
  const page = state.messenger;
  if (!page || c.req.header('authorization') !== `Bearer ${page.token}`) {
    return c.json(asFacebook(190, 'Invalid OAuth access token'), 401);
  }
  if (c.req.param('page') !== page.page_id || customer === undefined) {
    return c.json(asFacebook(100, 'Unsupported request'), 400);
  }
  try {
    return c.json(act({ page, customer, body: { recipient: { id: customer } } }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return c.json(asFacebook(10, error.message), error.status === 403 ? 403 : 400);
  }
}

function asFacebook(code: number, message: string): object {
  return { error: { message, type: 'OAuthException', code, fbtrace_id: 'simulated' } };
}
