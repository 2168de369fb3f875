/**
 * Parses the thread-control events of Facebook's webhook. Messages and read receipts are ignored:
 * customers' contents arrive through Engage. Source: Messenger Platform, webhook events,
 * `messaging_handovers`.
 */
import { z } from 'zod';

const id = z.union([z.string().min(1), z.number().transform(String)]);
const optionalId = id.nullish().transform((value) => value ?? undefined);

const messagingSchema = z.object({
  sender: z.object({ id }),
  timestamp: z.number().int(),
  request_thread_control: z.object({ requested_owner_app_id: id }).optional(),
  pass_thread_control: z.object({ new_owner_app_id: optionalId }).optional(),
  take_thread_control: z.object({ new_owner_app_id: optionalId }).optional(),
});

const deliverySchema = z.object({
  object: z.string(),
  entry: z.array(z.object({ id, messaging: z.array(z.unknown()).default([]) })),
});

export type HandoverEvent = {
  readonly type: 'requested' | 'passed' | 'taken';
  readonly pageId: string;
  readonly customerId: string;
  /** The app that requests thread control, or has it now. */
  readonly appId: string | undefined;
  /** Unix milliseconds, Facebook's clock. */
  readonly at: number;
};

/** `undefined`: not a delivery of Facebook. Events that are not understood are left out. */
export function parseHandovers(body: unknown): readonly HandoverEvent[] | undefined {
  const delivery = deliverySchema.safeParse(body);
  if (!delivery.success) return undefined;
  if (delivery.data.object !== 'page') return [];
  return delivery.data.entry.flatMap(({ id: pageId, messaging }) =>
    messaging.flatMap((raw) => {
      const event = messagingSchema.safeParse(raw);
      return event.success ? handoverOf(pageId, event.data) : [];
    }),
  );
}

function handoverOf(
  pageId: string,
  event: z.output<typeof messagingSchema>,
): readonly HandoverEvent[] {
  const facts = { pageId, customerId: event.sender.id, at: event.timestamp };
  const { request_thread_control: request, pass_thread_control: passed } = event;
  if (request) return [{ ...facts, type: 'requested', appId: request.requested_owner_app_id }];
  if (passed) return [{ ...facts, type: 'passed', appId: passed.new_owner_app_id }];
  const taken = event.take_thread_control;
  return taken ? [{ ...facts, type: 'taken', appId: taken.new_owner_app_id }] : [];
}
