/**
 * The bot contract as zod and, derived from it, as JSON Schema: served by `GET /schemas/bot.json`, and
 * used to validate the answers of every bot. Version 1; `bot.ts` describes the fields.
 *
 * Unknown fields of an answer are ignored, so that a bot may be newer than Baton.
 */
import { z } from 'zod';
import { showsBody } from './messages/reply.js';
import { structuredSchema } from './messages/schema.js';
import { BotError } from './bot-error.js';
import { contractVersion, type BotAnswer, type BotTurn } from './bot.js';

const text = z.string();
/** `z.json()`, with a name for references. */
const json: z.ZodType<Json> = z
  .union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(z.lazy(() => json)),
    z.record(
      z.string(),
      z.lazy(() => json),
    ),
  ])
  .meta({ id: 'json' });
type Json = BotTurn['memory'][string];
const fields = z.record(z.string(), text);
const memory = z.record(z.string(), json);

const said = z.object({
  contentId: text,
  by: z.enum(['customer', 'bot', 'agent', 'automatic']),
  body: text,
  issuedAt: z.number(),
});

const toolCall = z.object({ id: text.min(1).max(100), tool: text.min(1).max(100), input: json });

export const turnSchema = z.object({
  version: z.literal(contractVersion),
  id: text,
  burst: z.array(
    z.object({
      id: text,
      body: text,
      payload: text.optional(),
      hasAttachment: z.boolean(),
      language: text.optional(),
    }),
  ),
  record: z.array(said),
  humansSaid: z.array(said),
  memory,
  profile: fields,
  locale: text.optional(),
  channel: z.object({ kind: text, structured: z.array(text) }),
  deadline: z.number(),
  called: z.array(z.union([toolCall.extend({ result: json }), toolCall.extend({ failed: text })])),
  sourceName: text,
  episode: z.number(),
  queue: z
    .object({
      position: z.number(),
      waitMs: z.number().optional(),
      isEstimate: z.boolean(),
      at: z.number(),
    })
    .optional(),
});

/** Limits of one answer, from the platform's limits and the size a thread can carry. */
const limits = {
  replies: 10,
  body: 10_000,
  memory: 20_000,
  attachments: 10,
  calls: 10,
  /** Size of the answer as JSON. */
  whole: 200_000,
} as const;

/** Maximum number of replies in one answer. */
export const mostReplies = limits.replies;

/** A thread carries this from turn to turn, so it must stay far below Temporal's payload limit. */
function isSmall(value: unknown): boolean {
  return JSON.stringify(value).length <= limits.memory;
}
const tooLarge = { error: `is more than ${limits.memory} characters` };

const reply = z
  .object({
    body: text.max(limits.body),
    structured: structuredSchema.optional(),
    attachmentIds: z.array(text.min(1)).max(limits.attachments).optional(),
    fallback: text.max(limits.body).optional(),
  })
  .refine(({ body, structured }) => body.trim() !== '' || !structured || mayBeBare(structured), {
    path: ['body'],
    error: 'is needed with this structured message',
  });

/** On some channels `authenticate` has a default text. */
function mayBeBare({ type }: z.output<typeof structuredSchema>): boolean {
  return !showsBody(type) || type === 'authenticate';
}

export const answerSchema = z.object({
  replies: z.array(reply).max(limits.replies).default([]),
  isSolved: z.boolean().optional(),
  handOver: z
    .object({
      because: z.enum(['customerAsked', 'botGaveUp']),
      reason: text.max(limits.body).optional(),
      fields: fields.refine(isSmall, tooLarge).optional(),
    })
    .optional(),
  customerProfile: fields.optional(),
  remember: memory.refine(isSmall, tooLarge).optional(),
  calls: z.array(toolCall).max(limits.calls).refine(isSmall, tooLarge).optional(),
  wait: z.object({ forMs: z.number().int().min(0) }).optional(),
});

/** An invalid answer: `problem` names the field and the error, never the text. */
export class InvalidAnswer extends BotError {
  override readonly name = 'InvalidAnswer';
  readonly isFinal = true;
}

/** @throws InvalidAnswer */
export function checkAnswer(answer: unknown): BotAnswer {
  const parsed = answerSchema.safeParse(answer);
  if (parsed.success) {
    const size = JSON.stringify(parsed.data).length;
    if (size <= limits.whole) return parsed.data as BotAnswer;
    throw new InvalidAnswer(`the answer: is more than ${limits.whole} characters`);
  }
  const [issue] = parsed.error.issues;
  throw new InvalidAnswer(`${issue?.path.join('.') || 'the answer'}: ${issue?.message ?? ''}`);
}

/** Draft 2020-12, one document: `#/$defs/turn` is the request, `#/$defs/answer` the answer. */
export function botSchemaDocument(): object {
  const turn = defined(turnSchema);
  const answer = defined(answerSchema);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Baton bot contract, version ${contractVersion}`,
    $defs: { ...turn.parts, ...answer.parts, turn: turn.schema, answer: answer.schema },
  };
}

/** References are relative to the document, so definitions are moved to its top level. */
function defined(schema: z.ZodType): { schema: object; parts: object } {
  const written = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  const { $defs: parts = {}, ...rest } = written;
  delete rest.$schema;
  return { schema: rest, parts };
}
