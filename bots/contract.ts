/**
 * The bot contract as zod and, from it, as JSON Schema: what `GET /schemas/bot.json` serves and what an
 * answer of any bot is held against. Version 1; `bot.ts` says what each field means.
 *
 * What an answer says beside this is passed over, so that a bot may be newer than Baton.
 */
import { z } from 'zod';
import { showsBody } from './messages/reply.js';
import { structuredSchema } from './messages/schema.js';
import { BotError } from './bot-error.js';
import { contractVersion, type BotAnswer, type BotTurn } from './bot.js';

const text = z.string();
/** `z.json()`, with a name to refer to. */
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

/** What one answer may hold; the platform takes no more either, or a thread could not carry it. */
const limits = {
  replies: 10,
  body: 10_000,
  memory: 20_000,
  attachments: 10,
  calls: 10,
  /** Of the answer as JSON. */
  whole: 200_000,
} as const;

/** Of one answer. */
export const mostReplies = limits.replies;

/** What a thread carries from turn to turn must stay far below what Temporal takes. */
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

/** `authenticate` has a text by default on some channels. */
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

/** An answer that is none: `problem` names the field and what is wrong, never what was said. */
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

/** Draft 2020-12, one document: `#/$defs/turn` is asked, `#/$defs/answer` is answered. */
export function botSchemaDocument(): object {
  const turn = defined(turnSchema);
  const answer = defined(answerSchema);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Baton bot contract, version ${contractVersion}`,
    $defs: { ...turn.parts, ...answer.parts, turn: turn.schema, answer: answer.schema },
  };
}

/** References start at the document: what a schema refers to has to be there, not inside of it. */
function defined(schema: z.ZodType): { schema: object; parts: object } {
  const written = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  const { $defs: parts = {}, ...rest } = written;
  delete rest.$schema;
  return { schema: rest, parts };
}
