/**
 * The calls to Facebook that a bot's own app makes: the Send API and the handover protocol. Each is one
 * attempt. The token travels in the header only. Sources: Messenger Platform reference, handover protocol
 * and Send API.
 */
import { z } from 'zod';
import { parseJson } from '../json.js';
import { createMessengerError, MessengerError } from './errors.js';

/** A customer of a page, by their page-scoped id. */
export type Customer = { readonly pageId: string; readonly customerId: string };

export type MessengerClient = {
  /**
   * Sends a message to the customer. Not idempotent: a second call is a second message. @returns its id
   * @throws MessengerError Refused also when another app has control
   */
  send(to: Customer, text: string): Promise<{ readonly messageId: string }>;
  /** The app that has thread control; no `appId` when no app has it. */
  owner(of: Customer): Promise<{ readonly appId?: string }>;
  /** Passes thread control. @throws MessengerError Refused when it is not ours */
  pass(of: Customer, appId: string): Promise<void>;
  /** Takes thread control; only the page's primary app may. */
  take(of: Customer): Promise<void>;
  /**
   * Requests thread control: Facebook notifies the app that has it; without such an app it is ours at
   * once.
   */
  request(of: Customer): Promise<void>;
  release(of: Customer): Promise<void>;
};

export type MessengerOptions = {
  /** Base URL with its version: `https://graph.facebook.com/v23.0`. */
  readonly url: string;
  /** Page access token of our app. */
  readonly token: string;
  /** Timeout in milliseconds for the whole call. */
  readonly timeout: number;
};

const done = z.looseObject({});
const sent = z.object({ message_id: z.string().min(1) });
const id = z.union([z.string().min(1), z.number().transform(String)]);
const owners = z.object({
  data: z.array(z.object({ thread_owner: z.object({ app_id: id.nullish() }).nullish() })),
});

export function createMessengerClient(options: MessengerOptions): MessengerClient {
  const move = async (verb: string, of: Customer, more: object = {}): Promise<void> => {
    const body = { recipient: { id: of.customerId }, ...more };
    await call(options, `/${encodeURIComponent(of.pageId)}/${verb}_thread_control`, done, body);
  };
  return {
    async send({ pageId, customerId }, text) {
      const path = `/${encodeURIComponent(pageId)}/messages`;
      const message = { recipient: { id: customerId }, messaging_type: 'RESPONSE' };
      const { message_id } = await call(options, path, sent, { ...message, message: { text } });
      return { messageId: message_id };
    },
    async owner({ pageId, customerId }) {
      const who = new URLSearchParams({ recipient: customerId }).toString();
      const path = `/${encodeURIComponent(pageId)}/thread_owner?${who}`;
      const { data } = await call(options, path, owners);
      const appId = data[0]?.thread_owner?.app_id ?? undefined;
      return appId === undefined ? {} : { appId };
    },
    pass: (of, appId) => move('pass', of, { target_app_id: appId }),
    take: (of) => move('take', of),
    request: (of) => move('request', of),
    release: (of) => move('release', of),
  };
}

const errorSchema = z.object({ error: z.object({ code: z.number() }) });

/** POST with a body, GET without. */
async function call<T extends z.ZodType>(
  { url, token, timeout }: MessengerOptions,
  path: string,
  answer: T,
  body?: object,
): Promise<z.output<T>> {
  const name = path.replace(/^\/[^/]+/, '').replace(/\?.*$/, '');
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${url.replace(/\/+$/, '')}${path}`, {
      method: body ? 'POST' : 'GET',
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    text = await response.text();
  } catch (cause) {
    throw new MessengerError(neverArrived(cause) ? 'NotConnected' : 'AnswerLost', name, cause);
  }
  const json = parseJson(text);
  const error = errorSchema.safeParse(json);
  if (!response.ok || error.success)
    throw createMessengerError(name, response.status, error.data?.error.code);
  const parsed = answer.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new MessengerError('AnswerLost', name, parsed.error);
}

const neverArrivedCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

function neverArrived(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return (
    cause instanceof Error && 'code' in cause && neverArrivedCodes.includes(String(cause.code))
  );
}
