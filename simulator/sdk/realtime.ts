/**
 * `POST /realtime/sdk/{source}`: pushes of an integrator to a custom channel, with the platform's own
 * error texts. Success is 200 with the text `ok`.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { Faults } from '../faults.js';
import type { Platform } from '../platform/platform.js';
import { injectFaults } from '../rest/fault-injection.js';
import type { Source } from '../state.js';
import { hmac } from './channel.js';
import { importMessage, importUser, type Pushed } from './import.js';
import { structuredFlaw } from './structured.js';

const sizeLimit = 20_971_520;
const typingPause = 2_000;

type Refused = { readonly status: 400 | 413 | 422 | 429; readonly text: string };

const refused = (status: Refused['status'], text: string): Refused => ({ status, text });
const ok = 'ok';

export function realtimeRoutes(app: Hono, platform: Platform, faults: Faults): void {
  const typings = new Map<string, number>();
  app.use('/realtime/*', injectFaults(faults));
  app.post('/realtime/sdk/:source', async (c) => {
    const bytes = Buffer.from(await c.req.arrayBuffer());
    const outcome = take(platform, c, bytes, typings);
    return outcome === ok ? c.text(ok) : c.text(outcome.text, outcome.status);
  });
}

function take(
  platform: Platform,
  c: Context,
  bytes: Buffer,
  typings: Map<string, number>,
): Refused | typeof ok {
  if (bytes.length > sizeLimit) {
    return refused(413, `Invalid request size (max: ${sizeLimit} bytes)`);
  }
  const source = platform.state.sources[c.req.param('source') ?? ''];
  if (!source?.sdk) return refused(422, 'Source not found');
  const given = c.req.header('x-smccsdk-signature') ?? c.req.query('signature') ?? '';
  const wanted = hmac(source.sdk.secret, bytes);
  const isSame =
    given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
  if (!isSame) return refused(422, 'Invalid signature');
  const pushed = parse(bytes);
  if (pushed === undefined) return refused(400, 'Bad request');
  const { action, params } = pushed;
  if (typeof action !== 'string' || params === undefined || params === null) {
    return refused(400, 'Invalid request format');
  }
  if (typeof params !== 'object') return refused(422, 'Invalid resource format');
  return act(platform, source, { action, params: params }, typings);
}

function act(
  platform: Platform,
  source: Source,
  { action, params }: { action: string; params: Pushed },
  typings: Map<string, number>,
): Refused | typeof ok {
  const { objects = {}, options = [] } = source.sdk?.implementation ?? {};
  const [object = ''] = action.split('.');
  switch (action) {
    case 'messages.create':
    case 'private_messages.create': {
      if (!(object in objects)) return refused(422, 'Invalid action');
      if (params.author !== undefined && typeof params.author !== 'object') {
        return refused(422, 'Invalid resource format');
      }
      const flaw = structuredFlaw(params, options);
      if (flaw !== undefined) return refused(422, flaw);
      importMessage(platform, source, params);
      return ok;
    }
    case 'threads.create':
      if (!(object in objects)) return refused(422, 'Invalid action');
      importUser(platform, source, params.author);
      return ok;
    case 'users.create':
      importUser(platform, source, params);
      return ok;
    case 'status.mark_as_read':
      return ok;
    case 'typing.stop':
      typings.delete(`${source.id} ${params.thread_id ?? ''}`);
      return ok;
    case 'typing.start':
      return mayType(platform, `${source.id} ${params.thread_id ?? ''}`, typings);
    default:
      return refused(422, 'Invalid action');
  }
}

function mayType(
  platform: Platform,
  key: string,
  typings: Map<string, number>,
): Refused | typeof ok {
  const now = platform.now();
  if (now - (typings.get(key) ?? -typingPause) < typingPause) {
    return refused(429, 'too many typing requests, please try again in a few seconds');
  }
  typings.set(key, now);
  return ok;
}

function parse(bytes: Buffer): { action?: unknown; params?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return undefined;
  }
}
