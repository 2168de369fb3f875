/**
 * Lists over the whole account, a page at a time, for the reconciler. All are reads.
 *
 * Dates have a precision of a second. A page includes the length of the whole list and the time of the
 * answer by the platform's clock.
 */
import type { z } from 'zod';
import {
  journalEntrySchema,
  listedContentSchema,
  listedInterventionSchema,
  createPageSchema,
  webhookSchema,
  type JournalEntry,
  type ListedContent,
  type ListedIntervention,
  type Webhook,
} from './resources.js';
import type { Transport } from './transport.js';

export type Page<R> = {
  readonly count: number;
  /** In the platform's order; an invalid record stays in its place as `undefined`. */
  readonly records: readonly (R | undefined)[];
  /** The platform's time, Unix milliseconds; absent when the answer lacks it. */
  readonly answeredAt: number | undefined;
};
export type PagePlace = { readonly offset: number; readonly limit: number };

export type JournalQuery = PagePlace & {
  readonly names: readonly string[];
  /** Unix milliseconds, to the second, inclusive. */
  readonly since: number;
};

export type Lists = {
  /** All contents of a source, oldest first. The list has no filter by time, only pages. */
  listContents(of: PagePlace & { readonly sourceId: string }): Promise<Page<ListedContent>>;
  /** The audit journal, oldest first. @throws NotAuthorised without the role's `search_event` */
  listJournal(query: JournalQuery): Promise<Page<JournalEntry>>;
  /** All interventions, the most recently changed first. */
  listChangedInterventions(place: PagePlace): Promise<Page<ListedIntervention>>;
  /** @throws NotAuthorised when the token may not see webhooks */
  listWebhooks(): Promise<Page<Webhook>>;
};

const contents = createPageSchema(listedContentSchema.optional().catch(undefined));
const journal = createPageSchema(journalEntrySchema.optional().catch(undefined));
const interventions = createPageSchema(listedInterventionSchema.optional().catch(undefined));
const webhooks = createPageSchema(webhookSchema.optional().catch(undefined));

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
    const onDate = (at: number) => {
      answeredAt = at;
    };
    const page = await send({ method: 'GET', path, query, answer, onDate });
    return { ...page, answeredAt };
  };
}

function placed({ offset, limit }: PagePlace): Record<string, string> {
  return { offset: `${offset}`, limit: `${limit}` };
}

/** `2026-01-15 09:00:00`; one second earlier, because it is not documented whether "after" is inclusive. */
function searchTime(time: number): string {
  return new Date(time - 1_000).toISOString().slice(0, 19).replace('T', ' ');
}
