/**
 * Maps each write call of a kit bot to its effect on the answer. The first matching rule applies; a call
 * without a rule is refused. `docs/bots/chatbot-kit.md` has the same table for bot authors.
 */
import type { BotReply } from '../../bot.js';
import { KitCallRefused, readList, readObject, readText, type KitCall } from './call.js';
import type { Round } from './round.js';

/** Answer that the bot receives in place of the platform's. */
type KitResponse = Readonly<Record<string, unknown>>;
type Rule = {
  readonly method: string;
  /** `*` matches an id. */
  readonly path: string;
  readonly does: (round: Round, call: KitCall, id: string) => KitResponse;
};

const rules: readonly Rule[] = [
  { method: 'POST', path: '/contents', does: say },
  { method: 'PUT', path: '/content_threads/*/update_categories', does: recategorise },
  { method: 'PUT', path: '/content_threads/*/close', does: closeThread },
  { method: 'POST', path: '/interventions', does: openIntervention },
  { method: 'PUT', path: '/interventions/*', does: setFields },
  { method: 'PUT', path: '/interventions/*/update_categories', does: recategoriseIntervention },
  { method: 'PUT', path: '/interventions/*/reassign', does: reassign },
  { method: 'PUT', path: '/interventions/*/close', does: closeIntervention },
  { method: 'DELETE', path: '/interventions/*/cancel', does: cancelIntervention },
  { method: 'POST', path: '/intervention_comments', does: comment },
];

/** @throws KitCallRefused */
export function follow(round: Round, call: KitCall): KitResponse {
  for (const { method, path, does } of rules) {
    const id = method === call.method ? idIn(call.path, path) : undefined;
    if (id !== undefined) return does(round, call, id);
  }
  throw new KitCallRefused(call, 'this call is not supported');
}

/** The id in a path that matches the pattern; empty if the pattern has no id, undefined without a match. */
function idIn(path: string, pattern: string): string | undefined {
  const [steps, wanted] = [path.split('/'), pattern.split('/')];
  if (steps.length !== wanted.length) return undefined;
  if (!wanted.every((step, i) => step === '*' || step === steps[i])) return undefined;
  return steps[wanted.indexOf('*')] ?? '';
}

function say(round: Round, call: KitCall): KitResponse {
  const to = readText(call, 'in_reply_to_id');
  if (to === undefined)
    throw new KitCallRefused(call, 'in_reply_to_id is missing: starting a thread is not supported');
  if (!round.contentIds.has(to)) {
    throw new KitCallRefused(call, 'in_reply_to_id is no content of this conversation');
  }
  const reply = createReply(call);
  const id = round.say(reply);
  return { id, in_reply_to_id: to, thread_id: round.threadId, body: reply.body };
}

/** The bot may not set recipients, copies, a title beside a body, or privacy. */
export function createReply(call: KitCall): BotReply {
  const structured: { type?: unknown } | undefined = readObject(call, 'structured_content');
  const attachmentIds = readList(call, 'attachment_ids');
  const body = readText(call, 'body') || readText(call, 'title') || '';
  if (structured && typeof structured.type !== 'string') {
    throw new KitCallRefused(call, 'structured_content has no type');
  }
  if (body === '' && !structured && attachmentIds.length === 0) {
    throw new KitCallRefused(call, 'body is empty');
  }
  return {
    body,
    ...(structured && { structured: structured as NonNullable<BotReply['structured']> }),
    ...(attachmentIds.length > 0 && { attachmentIds }),
  };
}

function recategorise(round: Round, call: KitCall, id: string): KitResponse {
  mustBeHere(round, call, id);
  const ids = toAgents(round, call, 'thread_category_ids');
  return { id, thread_category_ids: ids, category_ids: ids };
}

function recategoriseIntervention(round: Round, call: KitCall, id: string): KitResponse {
  return { id, category_ids: toAgents(round, call, 'category_ids') };
}

/** Setting the agents' category hands over; Baton manages the other categories. */
function toAgents(round: Round, call: KitCall, name: string): readonly string[] {
  const ids = readList(call, name);
  const { agentCategoryId } = round;
  if (agentCategoryId === undefined || !ids.includes(agentCategoryId)) {
    throw new KitCallRefused(call, `${name} do not include the agents’ category of this source`);
  }
  round.handOver();
  return ids;
}

function closeThread(round: Round, call: KitCall, id: string): KitResponse {
  mustBeHere(round, call, id);
  round.solve();
  return { id, closed: false };
}

function mustBeHere({ threadId }: Round, call: KitCall, id: string): void {
  if (threadId === undefined || threadId === id) return;
  throw new KitCallRefused(call, 'the call names another thread');
}

/**
 * Without a user: no effect, because Baton manages the bot's intervention. With a user: a handover, so that
 * this user goes on.
 */
function openIntervention(round: Round, call: KitCall): KitResponse {
  const contentId = readText(call, 'content_id');
  if (contentId === undefined || !round.contentIds.has(contentId)) {
    throw new KitCallRefused(call, 'content_id is no content of this conversation');
  }
  const userId = readText(call, 'impersonated_user_id') ?? readText(call, 'user_id');
  if (userId !== undefined) round.handOver();
  const id = `intervention-on-${contentId}`;
  round.opened.add(id);
  return { id, content_id: contentId, thread_id: round.threadId, closed: false };
}

function reassign(round: Round, call: KitCall, id: string): KitResponse {
  round.handOver();
  return { id, user_id: readText(call, 'user_id'), closed: false };
}

function closeIntervention(round: Round, _: KitCall, id: string): KitResponse {
  round.solve();
  return { id, closed: true };
}

function cancelIntervention(round: Round, call: KitCall, id: string): KitResponse {
  if (!round.opened.delete(id)) throw new KitCallRefused(call, 'the bot has not opened it');
  return { id, closed: true };
}

/** Custom fields for the agents who get the conversation in the same turn. */
function setFields(round: Round, call: KitCall, id: string): KitResponse {
  const fields = fieldsOf(call);
  if (fields.length === 0) throw new KitCallRefused(call, 'only custom_field_values are supported');
  for (const [key, value] of fields) round.setField(key, value);
  return { id, closed: false, custom_fields: Object.fromEntries(fields) };
}

function fieldsOf(call: KitCall): readonly (readonly [string, string])[] {
  const nested = Object.entries(readObject(call, 'custom_field_values') ?? {});
  const flat = call.fields.flatMap(({ name, value }): [string, unknown][] => {
    const [, key] = /^custom_field_values\[([^\]]+)\]/.exec(name) ?? [];
    return key === undefined ? [] : [[key, value]];
  });
  return [...nested, ...flat].map(([key, value]: [string, unknown]) => [key, String(value)]);
}

function comment(round: Round, call: KitCall): KitResponse {
  const words = readText(call, 'body');
  if (words === undefined || words === '') throw new KitCallRefused(call, 'body is empty');
  round.addAgentNote(words);
  return { id: 'comment', intervention_id: readText(call, 'intervention_id'), body: words };
}
