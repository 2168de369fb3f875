/**
 * `POST /channels/source-sdk`: the actions that the platform calls on the implementor of a channel. A
 * create is answered with an id derived from the platform's id, so that every process gives a repeated
 * call the same answer; the conversation's workflow makes sure that it takes effect once.
 */
import type { z } from 'zod';
import { errorFields, type Log } from '../../../runtime/log.js';
import type { SourceSdkConversations } from '../../../temporal/source-sdk-conversations.js';
import {
  parseSdkMessageId,
  parseSdkThreadId,
  type AgentSaid,
  type SourceSdkEvent,
  type SourceSdkId,
} from '../../../workflows/contract/index.js';
import { implementation } from './implementation.js';
import {
  createdSchema,
  queueSchema,
  idSchema,
  typingSchema,
  type Created,
} from './platform-params.js';
import { queueMoved } from './queue-update.js';
import { sdkError, type SdkAnswer, type SdkAsked } from './signed.js';

export type PlatformRoutesOptions = {
  readonly conversations: SourceSdkConversations;
  /** Sources that use the Source SDK, by name, with the identity under which Baton writes. */
  readonly sources: ReadonlyMap<string, { readonly botIdentityId: string }>;
  readonly log: Log;
};

type Params = SdkAsked['params'];
type Action = (params: Params, options: PlatformRoutesOptions) => SdkAnswer | Promise<SdkAnswer>;

const done: SdkAnswer = { status: 200, body: {} };
const nothing: SdkAnswer = { status: 200, body: [] };

const list: Action = () => nothing;

/** A map, so that a name such as `constructor` does not find an inherited property. */
const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['implementation.info', () => ({ status: 200, body: implementation })],
  ['messages.list', list],
  ['private_messages.list', list],
  ['threads.list', list],
  ['messages.show', showMessage],
  ['private_messages.show', showMessage],
  ['threads.show', showThread],
  ['messages.create', create],
  ['private_messages.create', create],
  ['threads.create', create],
  ['messaging.queuing_update', queue],
  ['typing.start', (params, options) => typing(params, options, true)],
  ['typing.stop', (params, options) => typing(params, options, false)],
]);

export function createPlatformRoutes(options: PlatformRoutesOptions) {
  return async function answer({ action, params }: SdkAsked): Promise<SdkAnswer> {
    const act = actions.get(action);
    if (!act) return sdkError(200, `unknown action; expected one of ${known}`);
    try {
      return await act(params, options);
    } catch (error) {
      options.log.error(errorFields(error), 'the channel could not answer');
      // The documented way to request a retry.
      return sdkError(200, 'not reachable now, try again', { fatal: false });
    }
  };
}

const known = [...actions.keys()].join(', ');

async function create(params: Params, options: PlatformRoutesOptions): Promise<SdkAnswer> {
  const created = read(createdSchema, params);
  if ('status' in created) return created;
  const to = whereTo(created, options);
  if (!to) return unknownConversation;
  await options.conversations.happened(to, [agentSaid(created, to, options)]);
  return { status: 200, body: { id: `baton-${created.content_id}` } };
}

function agentSaid(
  created: Created,
  to: SourceSdkId,
  { sources }: PlatformRoutesOptions,
): AgentSaid {
  const isOurs = created.author_id === sources.get(to.source)?.botIdentityId;
  return {
    type: 'agentSaid',
    contentId: created.content_id,
    from: isOurs ? 'baton' : 'agent',
    body: created.body,
    ...(created.sender_name !== undefined && { senderName: created.sender_name }),
    ...(created.created_at !== undefined && { createdAt: created.created_at }),
    ...(created.attachments && { attachments: created.attachments.map(attachment) }),
    ...(created.structured_content != null && { structuredContent: created.structured_content }),
  };
}

function attachment({ url, type, filename }: NonNullable<Created['attachments']>[number]) {
  return { url, ...(type !== undefined && { type }), ...(filename !== undefined && { filename }) };
}

async function queue(params: Params, options: PlatformRoutesOptions): Promise<SdkAnswer> {
  const given = read(queueSchema, params);
  if ('status' in given) return given;
  return passOn(given, queueMoved(given), options);
}

async function typing(
  params: Params,
  options: PlatformRoutesOptions,
  isTyping: boolean,
): Promise<SdkAnswer> {
  const given = read(typingSchema, params);
  if ('status' in given) return given;
  return passOn(given, { type: 'typing', isTyping }, options);
}

async function passOn(
  given: Whereabouts,
  event: SourceSdkEvent,
  options: PlatformRoutesOptions,
): Promise<SdkAnswer> {
  const to = whereTo(given, options);
  if (!to) return unknownConversation;
  await options.conversations.happened(to, [event]);
  return done;
}

async function showMessage(params: Params, options: PlatformRoutesOptions): Promise<SdkAnswer> {
  const given = read(idSchema, params);
  if ('status' in given) return given;
  const id = parseSdkMessageId(given.id);
  if (!id || !options.sources.has(id.source)) return done;
  return { status: 200, body: (await options.conversations.showMessage(id)) ?? {} };
}

function showThread(params: Params, options: PlatformRoutesOptions): SdkAnswer {
  const given = read(idSchema, params);
  if ('status' in given) return given;
  const id = parseSdkThreadId(given.id);
  if (!id || !options.sources.has(id.source)) return done;
  return { status: 200, body: { id: given.id, actions: ['show', 'reply'] } };
}

type Whereabouts = {
  readonly thread_id?: string | undefined;
  readonly in_reply_to_id?: string | undefined;
};

/** A private message names no thread: the message it replies to does. */
function whereTo(given: Whereabouts, { sources }: PlatformRoutesOptions): SourceSdkId | undefined {
  const { thread_id: threadId, in_reply_to_id: repliedId } = given;
  const found =
    (threadId === undefined ? undefined : parseSdkThreadId(threadId)) ??
    (repliedId === undefined ? undefined : parseSdkMessageId(repliedId));
  return found && sources.has(found.source) ? found : undefined;
}

const unknownConversation = sdkError(200, 'thread_id: this channel has no such conversation');

function read<T extends z.ZodType>(schema: T, params: Params): z.output<T> | SdkAnswer {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = ['params', ...(issue?.path ?? [])].map(String).join('.');
  return sdkError(200, `${field}: ${issue?.message ?? 'is wrong'}`);
}
