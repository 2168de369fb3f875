/**
 * The platform's calls for bots, `/bots/*`. Those for virtual agents open, hand over and complete an
 * intervention in one call each; the one for Messenger asks the platform's Facebook app to request or pass
 * thread control. Source: Engage REST reference, bots; the Bots guide for Messenger.
 */
import { z } from 'zod';
import { interventionSchema, type Intervention } from './resources.js';
import type { Transport } from './transport.js';

type Way = { readonly from: 'bot' | 'agent'; readonly to: 'bot' | 'agent' };

export type VirtualHandover = Way & {
  readonly interventionId?: string;
  /** The complete set. */
  readonly categoryIds: readonly string[];
  readonly trigger?: string;
};

export type MessengerHandover = Way & {
  /** The page-scoped id of the customer. */
  readonly customerId: string;
  /** Agent to bot only: the app that is to get control. */
  readonly appId?: string;
};

export type BotCalls = {
  /** As the virtual agent. @throws Unprocessable when one is open */
  engageAsBot(contentId: string): Promise<Intervention>;
  /** Closes the intervention and completes its task. @throws Unprocessable */
  completeAsBot(interventionId: string): Promise<void>;
  /** Sets the categories too. Idempotent if they were read before. */
  handOverAsBot(handover: VirtualHandover): Promise<void>;
  /** Each call sends a new request. @throws Unprocessable while an agent is engaged */
  handOverOnMessenger(handover: MessengerHandover): Promise<void>;
};

/** `status` is a number in the guide and a string in the reference. */
const done = z.looseObject({ status: z.union([z.string(), z.number()]).nullish() });

export function botCalls(send: Transport): BotCalls {
  const hand = async (form: readonly (readonly [string, string])[]): Promise<void> => {
    await send({ method: 'POST', path: '/bots/handover', form, answer: done });
  };
  return {
    engageAsBot: (contentId) => {
      const form = [['content_id', contentId] as const];
      return send({ method: 'POST', path: '/bots/engage', form, answer: interventionSchema });
    },
    async completeAsBot(interventionId) {
      const form = [['intervention_id', interventionId] as const];
      await send({ method: 'POST', path: '/bots/complete', form, answer: done });
    },
    handOverAsBot: ({ from, to, interventionId, categoryIds, trigger }) =>
      hand([
        ...pairs({ from, to, type: 'engage_virtual_agent', trigger }),
        ...pairs({ intervention_id: interventionId }),
        ...categoryIds.map((id) => ['thread_category_ids[]', id] as const),
      ]),
    handOverOnMessenger: ({ customerId, from, to, appId }) =>
      hand(pairs({ from, to, type: 'messenger', identity_foreign_id: customerId, app_id: appId })),
  };
}

function pairs(given: Readonly<Record<string, string | undefined>>) {
  return Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
}
