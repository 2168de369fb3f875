/**
 * `POST /channels/source-sdk/conversations`: a Source SDK bot sends its conversation to Baton, with the
 * SDK's format and signature and a secret of its own. Only the signed bytes identify the conversation; URL
 * and headers do not.
 */
import { given } from '../../../engage/given.js';
import type { z } from 'zod';
import { errorFields, type Log } from '../../../runtime/log.js';
import type { SourceSdkConversations } from '../../../temporal/source-sdk-conversations.js';
import {
  sdkMessageId,
  type SourceSdkCustomer,
  type SourceSdkEvent,
  type SourceSdkId,
  type SourceSdkMessage,
} from '../../../workflows/contract/index.js';
import {
  describeSchema,
  handOverSchema,
  saidSchema,
  type CustomerParams,
  type MessageParams,
} from './bot-params.js';
import { sdkError, type SdkAnswer, type SdkAsked } from './signed.js';

export type BotRoutesOptions = {
  readonly conversations: SourceSdkConversations;
  readonly sources: ReadonlyMap<string, unknown>;
  readonly log: Log;
};

type Action = (params: SdkAsked['params'], options: BotRoutesOptions) => Promise<SdkAnswer>;

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['messages.create', said],
  ['conversations.hand_over', handOver],
  ['conversations.show', describe],
]);

export function createBotRoutes(options: BotRoutesOptions) {
  return async function answer({ action, params }: SdkAsked): Promise<SdkAnswer> {
    const act = actions.get(action);
    if (!act) return sdkError(422, `unknown action; expected one of ${known}`);
    try {
      return await act(params, options);
    } catch (error) {
      options.log.error(errorFields(error), 'a call of a Source SDK bot failed');
      return sdkError(503, 'not reachable now, try again', { fatal: false });
    }
  };
}

const known = [...actions.keys()].join(', ');

async function said(params: SdkAsked['params'], options: BotRoutesOptions): Promise<SdkAnswer> {
  const input = read(saidSchema, params, options);
  if ('status' in input) return input;
  const { source, conversation, message, customer } = input;
  const of = { source, conversation };
  await options.conversations.happened(of, [...describeCustomer(customer), line(message)]);
  return accepted({ id: sdkMessageId({ ...of, by: message.by, message: message.id }) });
}

async function handOver(params: SdkAsked['params'], options: BotRoutesOptions): Promise<SdkAnswer> {
  const input = read(handOverSchema, params, options);
  if ('status' in input) return input;
  const { source, conversation, id, because, why, customer, transcript } = input;
  const asked: SourceSdkEvent = { type: 'handoverAsked', id, because, why };
  const events = [...describeCustomer(customer), ...transcript.map(line), asked];
  await options.conversations.happened({ source, conversation }, events);
  return accepted({ id });
}

async function describe(params: SdkAsked['params'], options: BotRoutesOptions): Promise<SdkAnswer> {
  const input = read(describeSchema, params, options);
  if ('status' in input) return input;
  const card = await options.conversations.describe(input);
  return card ? accepted(card) : sdkError(404, 'conversation: no open conversation has this id');
}

function accepted(body: object): SdkAnswer {
  return { status: 200, body };
}

function line(message: MessageParams): SourceSdkEvent {
  return { type: 'said', message: given(message) as SourceSdkMessage };
}

function describeCustomer(customer: CustomerParams | undefined): readonly SourceSdkEvent[] {
  if (!customer) return [];
  return [{ type: 'customerKnown', customer: given(customer) as SourceSdkCustomer }];
}

function read<T extends z.ZodType<SourceSdkId>>(
  schema: T,
  params: SdkAsked['params'],
  { sources }: BotRoutesOptions,
): z.output<T> | SdkAnswer {
  const parsed = schema.safeParse(params);
  if (parsed.success) {
    if (sources.has(parsed.data.source)) return parsed.data;
    return sdkError(404, 'params.source: is not the name of such a source');
  }
  const [issue] = parsed.error.issues;
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const field = ['params', ...(issue?.path ?? []), ...keys].map(String).join('.');
  return sdkError(422, `${field}: ${issue?.message ?? 'is wrong'}`);
}
