/**
 * The platform's side of a custom channel (Source SDK): it requests the endpoint's implementation info,
 * exports agents' contents to it, in at most three attempts, and sends queue updates. Separate signing
 * code, so that Baton's is tested against an independent implementation.
 */
import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Faults } from '../faults.js';
import { exportContent } from '../platform/contents.js';
import { iso, type Platform } from '../platform/platform.js';
import type { Content, Source } from '../state.js';
import type { SdkChannel } from './state.js';

export type ChannelParts = {
  readonly platform: () => Platform;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly changed: () => void;
};

export type Channels = {
  /** Whether the content's source is a custom channel; if so, starts the export. */
  exports(contentId: string, attempt: number): boolean;
  /** One call; `undefined` without an answer, or for an answer without a valid signature. */
  call(source: Source, action: string, params: object): Promise<ChannelAnswer | undefined>;
};
export type ChannelAnswer = { readonly status: number; readonly body: unknown };

const tries = 3;
const pause = 300;
const answerTimeout = 5_000;

export function createChannels(parts: ChannelParts): Channels {
  const call: Channels['call'] = async (source, action, params) => {
    const { state } = parts.platform();
    const answer = source.sdk && (await post(source.sdk, action, params));
    const at = iso(parts.clock.now());
    const { status = null, body: said = null } = answer ?? {};
    (state.channel_calls ??= []).push({ at, action, params, status, answer: said });
    parts.changed();
    return answer;
  };
  const exportOne = async (source: Source, content: Content, attempt: number): Promise<void> => {
    const platform = parts.platform();
    const action = 'messages.create';
    const params = created(platform, source, content, attempt);
    const answer = await call(source, action, params);
    const twice = parts.faults.strikes('duplicate', { type: 'channel.create' });
    if (twice) await call(source, action, { ...params, retry: true });
    const isLost = parts.faults.strikes('drop', { type: 'channel.create' });
    const outcome = isLost ? 'again' : outcomeOf(answer);
    if (outcome === 'again' && attempt < tries) {
      const due = parts.clock.now() + pause;
      platform.later({ due, do: 'export', content_id: content.id, attempt: attempt + 1 });
      return;
    }
    exportContent(platform, content.id, { hasFailed: outcome !== 'done' });
    parts.clock.wake();
    parts.changed();
  };
  return {
    call,
    exports(contentId, attempt) {
      const { state } = parts.platform();
      const content = state.contents[contentId];
      const source = content && state.sources[content.source_id];
      if (!content || !source?.sdk) return false;
      void exportOne(source, content, attempt);
      return true;
    },
  };
}

function created(platform: Platform, source: Source, content: Content, attempt: number): object {
  const { state } = platform;
  const { body, structured_content: structured } = content;
  const repliedTo = content.in_reply_to_id === null ? null : state.contents[content.in_reply_to_id];
  return {
    content_id: content.id,
    thread_id: state.threads[content.thread_id]?.foreign_id ?? '',
    author_id: authorOf(platform, source, content),
    ...(body !== null && { body }),
    ...(structured !== null && { structured_content: structured }),
    format: 'text',
    in_reply_to_id: repliedTo?.foreign_id ?? null,
    sender_name: content.by.split(':')[1] ?? '',
    created_at: content.created_at,
    updated_at: content.created_at,
    retry: attempt > 1,
  };
}

/** The controlled identity that the administrator assigned to the user. */
function authorOf({ state }: Platform, source: Source, content: Content): string {
  const { creator_id: creator } = content;
  const given = Object.values(state.identities).find(
    ({ source_id: of, user_ids: users }) =>
      of === source.id && creator !== null && users.includes(creator),
  );
  return given?.foreign_id ?? state.identities[content.author_id]?.foreign_id ?? '';
}

/** Any 2xx is success, unless it carries an error; a fatal error is not retried. */
function outcomeOf(answer: ChannelAnswer | undefined): 'done' | 'again' | 'never' {
  if (!answer || answer.status < 200 || answer.status > 299) return 'again';
  const { error } = (answer.body ?? {}) as { error?: { fatal?: boolean } };
  if (!error) return 'done';
  return error.fatal ? 'never' : 'again';
}

async function post(
  { url, secret }: SdkChannel,
  action: string,
  params: object,
): Promise<ChannelAnswer | undefined> {
  const time = new Date().toISOString();
  const body = JSON.stringify({ action, params, time });
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json', 'x-smccsdk-signature': hmac(secret, body) },
      body,
      signal: AbortSignal.timeout(answerTimeout),
    });
    const text = await answer.text();
    if (answer.ok && answer.headers.get('x-smccsdk-signature') !== hmac(secret, text)) {
      return undefined;
    }
    return { status: answer.status, body: parse(text) };
  } catch {
    return undefined;
  }
}

export function hmac(secret: string, bytes: string | Uint8Array): string {
  return createHmac('sha512', secret).update(bytes).digest('hex');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
