/**
 * The platform's lists and the threads, in memory, for tests of reconciling without Temporal: every call
 * is counted, threads remember which events they received.
 */
import type { ThreadsToBackfill } from '../../activities/reconcile/ports.js';
import type { JournalQuery, Lists, Page, PagePlace } from '../../engage/lists.js';
import {
  journalEntrySchema,
  listedContentSchema,
  type JournalEntry,
  type ListedContent,
  type ListedIntervention,
} from '../../engage/resources.js';
import { wantedEvents } from '../../workflows/contract/event-effects.js';
import type { EngageEvent } from '../../workflows/contract/engage-event.js';

export type ReceivedEvent = { readonly threadId: string; readonly event: EngageEvent };

export class FakeAccount implements Lists, ThreadsToBackfill {
  now = Date.parse('2026-01-15T09:00:00Z');
  calls = 0;
  readonly contents: (ListedContent & { readonly visibleAt: number })[] = [];
  readonly journal: JournalEntry[] = [];
  readonly interventions: ListedIntervention[] = [];
  /** Everything threads took in, in the order in which they did. */
  readonly received: ReceivedEvent[] = [];
  readonly deaf = new Set<string>();
  readonly phases = new Map<string, string>();
  domainId: string | undefined = 'domain';
  webhookStatus = 'enabled';
  /** Thrown by the next call. */
  trouble: Error | undefined;

  /** A customer writes; the list may show it only later. */
  say(threadId: string, at: number, { sourceId = 'chat', lag = 0 } = {}): string {
    const id = `content-${this.contents.length}`;
    const created_at = new Date(at).toISOString();
    const shown = { id, thread_id: threadId, source_id: sourceId, body: 'hi', created_at };
    this.contents.push({ ...listedContentSchema.parse(shown), visibleAt: at + lag });
    this.contents.sort((a, b) => a.created_at - b.created_at);
    return id;
  }

  happen(name: string, threadId: string, at: number): string {
    const id = `entry-${this.journal.length}`;
    const extra_infos = { content_thread_id: threadId, intervention_id: `of-${threadId}` };
    const created_at = new Date(at).toISOString();
    this.journal.push(
      journalEntrySchema.parse({ id, name, user_id: 'agent', created_at, extra_infos }),
    );
    this.journal.sort((a, b) => a.created_at - b.created_at);
    return id;
  }

  listContents({ sourceId, ...place }: PagePlace & { sourceId: string }) {
    const shown = this.contents.filter(
      ({ source_id: id, visibleAt }) => id === sourceId && visibleAt <= this.now,
    );
    return this.#page(shown, place);
  }

  listJournal({ since, names, ...place }: JournalQuery) {
    const shown = this.journal.filter(
      ({ created_at: at, name = '' }) => at >= since && names.includes(name) && at <= this.now,
    );
    return this.#page(shown, place);
  }

  listChangedInterventions(place: PagePlace) {
    return this.#page(this.interventions, place);
  }

  listWebhooks() {
    const url = 'https://baton.example/webhooks/engage';
    const shown = { id: 'w', active: true, url, registered_events: [...wantedEvents] };
    return this.#page([{ ...shown, webhook_status: this.webhookStatus }], { offset: 0, limit: 1 });
  }

  backfill({ threadId, events }: Parameters<ThreadsToBackfill['backfill']>[0]) {
    if (this.deaf.has(threadId)) return Promise.reject(new Error('no answer'));
    const known = new Set(this.received.map(({ event }) => event.id));
    const fresh = events.filter(({ id }) => !known.has(id));
    this.received.push(...fresh.map((event) => ({ threadId, event })));
    const contents = fresh.filter((event) => 'content' in event).length;
    return Promise.resolve({ fresh: fresh.length, contents });
  }

  peek(_: string, threadId: string) {
    const phase = this.phases.get(threadId);
    return Promise.resolve(phase === undefined ? undefined : { phase, isSettling: false });
  }

  findDomainId(): Promise<string | undefined> {
    return Promise.resolve(this.domainId);
  }

  #page<R>(all: readonly R[], { offset, limit }: PagePlace): Promise<Page<R>> {
    this.calls += 1;
    const { trouble } = this;
    this.trouble = undefined;
    if (trouble) return Promise.reject(trouble);
    const records = all.slice(offset, offset + limit);
    return Promise.resolve({ count: all.length, records, answeredAt: this.now });
  }
}
