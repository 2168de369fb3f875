/**
 * Lists of the whole account, a page at a time: what happened, whoever was told. All only read.
 *
 * Dates are to the second. A page says how long the whole list is and when, by the platform's own
 * clock, it was answered.
 */
import type { z } from 'zod';
import {
  journalEntrySchema,
  listedContentSchema,
  listedInterventionSchema,
  pageOf,
  webhookSchema,
  type JournalEntry,
  type ListedContent,
  type ListedIntervention,
  type Webhook,
} from './resources.js';
import type { Transport } from './transport.js';

export type Page<R> = {
  readonly count: number;
  /** In the platform's order; a record that cannot be understood keeps its place as `undefined`. */
  readonly records: readonly (R | undefined)[];
  /** The platform's time, Unix milliseconds; absent when it does not say. */
  readonly answeredAt: number | undefined;
};
export type PagePlace = { readonly offset: number; readonly limit: number };

export type JournalQuery = PagePlace & {
  readonly names: readonly string[];
  /** Unix milliseconds, to the second, inclusive. */
  readonly since: number;
};

export type Lists = {
  /** All contents of a source, oldest first. There is no search by time: only by place in the list. */
  listContents(of: PagePlace & { readonly sourceId: string }): Promise<Page<ListedContent>>;
  /** The audit journal, oldest first. @throws NotAuthorised without the role's `search_event` */
  listJournal(query: JournalQuery): Promise<Page<JournalEntry>>;
  /** All interventions, the last changed first. */
  listChangedInterventions(place: PagePlace): Promise<Page<ListedIntervention>>;
  /** @throws NotAuthorised when the token may not see webhooks */
  listWebhooks(): Promise<Page<Webhook>>;
};

const contents = pageOf(listedContentSchema.optional().catch(undefined));
const journal = pageOf(journalEntrySchema.optional().catch(undefined));
const interventions = pageOf(listedInterventionSchema.optional().catch(undefined));
const webhooks = pageOf(webhookSchema.optional().catch(undefined));

export function listCalls(send: Transport): Lists {
  const list = listsOf(send);
  return {
    listContents: ({ sourceId, ...place }) => {
      const q = `source:"${sourceId}" order:"created_at.asc"`;
      return list('/contents', { q, ...placed(place) }, contents);
    },
    listJournal: ({ names, since, ...place }) => {
      const named = names.map((name) => `name_in:"${name}"`).join(' ');
      const q = `${named} created_after:"${searchTime(since)}" order:"created_at.asc"`;
      return list('/events', { q, ...placed(place) }, journal);
    },
    listChangedInterventions: (place) =>
      list('/interventions', { sort: 'updated_at', ...placed(place) }, interventions),
    listWebhooks: () => list('/webhooks', { limit: '150' }, webhooks),
  };
}

function listsOf(send: Transport) {
  return async function list<R>(
    path: string,
    query: Readonly<Record<string, string>>,
    answer: z.ZodType<{ count: number; records: (R | undefined)[] }>,
  ): Promise<Page<R>> {
    let answeredAt: number | undefined;
    const heardAt = (at: number) => {
      answeredAt = at;
    };
    const page = await send({ method: 'GET', path, query, answer, heardAt });
    return { ...page, answeredAt };
  };
}

function placed({ offset, limit }: PagePlace): Record<string, string> {
  return { offset: `${offset}`, limit: `${limit}` };
}

/** `2026-01-15 09:00:00`; a second earlier, for whether "after" includes it is not documented. */
function searchTime(time: number): string {
  return new Date(time - 1_000).toISOString().slice(0, 19).replace('T', ' ');
}
