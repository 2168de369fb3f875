/**
 * Parses a webhook delivery of the platform.
 *
 * Strict for fields that a thread needs, lenient for all others: unknown event types and fields pass, null
 * and absent are equal, `"false"` is false, numeric ids become strings. Each event is parsed on its own,
 * so that an invalid one is reported and does not affect the others. Source: Engage webhooks, request
 * envelope and metadata per resource.
 */
import { z } from 'zod';
import {
  contentLimits,
  idLimit,
  optionalFlag,
  optionalId,
  optionalIds,
  optionalRecord,
  optionalText,
} from './lenient.js';

/** The platform's ids are opaque strings to us. */
const id = z.union([z.string().min(1).max(idLimit), z.number().transform(String)]);
const placePattern = /^[^\p{Cs}\p{Cc}]{1,128}$/u;
const isPlace = (value: string | undefined) => value === undefined || placePattern.test(value);
const notPlace = 'expected at most 128 characters, all of them Unicode';
/**
 * They become part of a workflow id, which is limited to 1,000 bytes of Unicode: Temporal would refuse
 * others.
 */
const placeId = id.refine(isPlace, notPlace);
const optionalPlaceId = optionalId.refine(isPlace, notPlace);
const time = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));

export const envelopeSchema = z.object({
  id: optionalId,
  domain_id: placeId,
  events: z.array(z.unknown()),
});

const eventSchema = z.object({
  type: z.string().min(1).max(contentLimits.word),
  id,
  issued_at: time,
  user_id: optionalId,
  resource: z.object({
    type: optionalText(contentLimits.word),
    id,
    metadata: optionalRecord,
  }),
});

const contentMetadata = z.object({
  thread_id: placeId,
  source_id: id,
  approval_required: optionalFlag,
  author_id: optionalId,
  body: optionalText(contentLimits.body),
  category_ids: optionalIds,
  creator_id: optionalId,
  foreign_id: optionalId,
  has_attachment: optionalFlag,
  in_reply_to_id: optionalId,
  intervention_id: optionalId,
  language: optionalText(contentLimits.word),
  private: optionalFlag,
  status: optionalText(contentLimits.word),
  structured_reply: z.looseObject({ payload: optionalText(contentLimits.payload) }).nullish(),
  synchronization_status: optionalText(contentLimits.word),
});

/** Events that a thread depends on: a missing field is an error. */
const contentEvents: ReadonlySet<string> = new Set([
  'content.imported',
  'content.replied',
  'content.discussion_initiated',
  'content.approved',
  'content.exported',
  'content.thread_closed',
  'content.thread_auto_closed',
  'content.thread_opened',
]);

const interventionMetadata = z.object({
  thread_id: optionalPlaceId,
  source_id: optionalId,
  user_id: optionalId,
});

const taskMetadata = z.object({
  thread_id: optionalPlaceId,
  source_id: optionalId,
  agent_ids: optionalIds,
});

type Facts = {
  readonly type: string;
  readonly id: string;
  /** Unix milliseconds, the platform's clock. */
  readonly issuedAt: number;
  readonly userId: string | undefined;
  readonly resourceId: string;
};

/** An event, by the kind of its object; `other` for events that concern no thread. */
export type WebhookEvent =
  | (Facts & { readonly about: 'content'; readonly metadata: z.output<typeof contentMetadata> })
  | (Facts & {
      readonly about: 'intervention';
      readonly metadata: z.output<typeof interventionMetadata>;
    })
  | (Facts & { readonly about: 'task'; readonly metadata: z.output<typeof taskMetadata> })
  | (Facts & { readonly about: 'other' });

/** An error in an input, by its path: `events[2].issued_at`. */
export type Flaw = { readonly field: string; readonly problem: string };

export type Delivery = {
  readonly domainId: string;
  readonly events: readonly WebhookEvent[];
  /** Invalid events, each with its first wrong field. */
  readonly flaws: readonly Flaw[];
};

/** The delivery, or the errors of its envelope. */
export function parseDelivery(body: unknown): Delivery | { readonly flaws: readonly Flaw[] } {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) return { flaws: flawsOf(envelope.error, '') };
  const events: WebhookEvent[] = [];
  const flaws: Flaw[] = [];
  envelope.data.events.forEach((raw, index) => {
    const event = parseEvent(raw, `events[${index}]`);
    if ('flaws' in event) flaws.push(...event.flaws);
    else events.push(event);
  });
  return { domainId: envelope.data.domain_id, events, flaws };
}

function parseEvent(raw: unknown, path: string): WebhookEvent | { flaws: readonly Flaw[] } {
  const parsed = eventSchema.safeParse(raw);
  if (!parsed.success) return { flaws: flawsOf(parsed.error, path) };
  const { resource, ...event } = parsed.data;
  const facts: Facts = {
    type: event.type,
    id: event.id,
    issuedAt: event.issued_at,
    userId: event.user_id,
    resourceId: resource.id,
  };
  const inMetadata = `${path}.resource.metadata`;
  switch (event.type.split('.')[0]) {
    case 'content': {
      const metadata = contentMetadata.safeParse(resource.metadata);
      if (!metadata.success) {
        // An event type unknown to this version may have any shape.
        if (!contentEvents.has(event.type)) return { ...facts, about: 'other' };
        return { flaws: flawsOf(metadata.error, inMetadata) };
      }
      return { ...facts, about: 'content', metadata: metadata.data };
    }
    case 'intervention': {
      const metadata = interventionMetadata.safeParse(resource.metadata);
      if (!metadata.success) return { flaws: flawsOf(metadata.error, inMetadata) };
      return { ...facts, about: 'intervention', metadata: metadata.data };
    }
    case 'task': {
      const metadata = taskMetadata.safeParse(resource.metadata);
      if (!metadata.success) return { flaws: flawsOf(metadata.error, inMetadata) };
      return { ...facts, about: 'task', metadata: metadata.data };
    }
    default:
      return { ...facts, about: 'other' };
  }
}

function flawsOf(error: z.ZodError, path: string): readonly Flaw[] {
  return error.issues.map(({ path: inside, message }) => {
    const steps = inside.map((step) =>
      typeof step === 'number' ? `[${step}]` : `.${String(step)}`,
    );
    const field = `${path}${steps.join('')}`.replace(/^\./, '');
    return { field: field === '' ? 'body' : field, problem: message };
  });
}
