/**
 * Reads all lists of a scan side by side. Pure.
 *
 * The list that is furthest behind is read next. Events before the time that all lists have reached
 * (the horizon) are ready to be handed over, so that a thread receives contents and intervention
 * events together and in order. Events after the horizon are left for the next batch.
 */
import type { JournalEntry, ListedContent } from '../../engage/resources.js';
import type { Mark, Marks, ScanInput } from '../../workflows/contract/reconcile.js';
import { byThread, type ThreadFacts } from './by-thread.js';
import { factOfEntry, factsOfContent, threadsOf, type ThreadFact } from './facts.js';
import { frontier, hintFor, newFeed, type Dated, type Feed } from './feed.js';

export type Reading = {
  readonly until: number;
  /** Undefined if the token may not search it. */
  readonly journal: Feed<JournalEntry> | undefined;
  readonly sources: ReadonlyMap<string, Feed<ListedContent>>;
};

const nowhere: Mark = { at: 0, offset: 0, overlapOffset: 0 };

export function beginReading({ marks, sourceIds, until }: ScanInput): Reading {
  const sources = sourceIds.map((id): [string, Feed<ListedContent>] => {
    const { at: from, offset } = marks.sources[id] ?? { at: until, offset: 0 };
    return [id, newFeed({ from, until }, { offset, isExact: false })];
  });
  const journal = newFeed<JournalEntry>(
    { from: marks.journal.at, until },
    { offset: 0, isExact: true },
  );
  return { until, journal, sources: new Map(sources) };
}

/** The list to read next: a source's id, or the journal; `undefined` when all are read to their end. */
export function furthestBehind(reading: Reading): 'journal' | { sourceId: string } | undefined {
  const { journal, sources } = reading;
  type List = { readonly feed: Feed<Dated>; readonly list: 'journal' | { sourceId: string } };
  const lists: readonly List[] = [
    ...(journal ? [{ feed: journal, list: 'journal' as const }] : []),
    ...[...sources].map(([sourceId, feed]) => ({ feed, list: { sourceId } })),
  ];
  const open = lists.filter(({ feed }) => !feed.isComplete);
  return open.sort((a, b) => frontier(a.feed) - frontier(b.feed))[0]?.list;
}

/** Everything before this time has been read, in all lists. */
export function horizonOf({ until, journal, sources }: Reading): number {
  const all: readonly Feed<Dated>[] = [...(journal ? [journal] : []), ...sources.values()];
  return Math.min(until, ...all.map(frontier));
}

export type Ready = {
  readonly threads: readonly ThreadFacts[];
  readonly lookedAt: { readonly contents: number; readonly events: number };
  /** Time of the earliest journal entry without a thread id. */
  readonly unassignedSince: number | undefined;
};

/** Events before the horizon, by thread. */
export function readyAt(reading: Reading, horizon: number, botUserId: string): Ready {
  const isReady = ({ created_at: at }: Dated) => at < horizon;
  const contents = [...reading.sources.values()].flatMap(recordsOf).filter(isReady);
  const entries = reading.journal ? recordsOf(reading.journal).filter(isReady) : [];
  const index = threadsOf([...reading.sources.values()].flatMap(recordsOf));
  const facts: ThreadFact[] = contents.flatMap((content) => factsOfContent(content, botUserId));
  let unassignedSince: number | undefined;
  for (const entry of entries) {
    const fact = factOfEntry(entry, index);
    if (fact === 'unassigned') unassignedSince ??= entry.created_at;
    else if (fact) facts.push(fact);
  }
  const threads = byThread(facts, (sourceId) => reading.sources.has(sourceId));
  const lookedAt = { contents: contents.length, events: entries.length };
  return { threads, lookedAt, unassignedSince };
}

function recordsOf<R extends Dated>({ found }: Feed<R>): readonly R[] {
  return found.map(({ record }) => record);
}

/**
 * Positions at which reading continues once everything before `handedOver` has been handed over: for
 * the next batch, or, with the overlap, for the next run.
 */
export function marksAt(
  reading: Reading,
  handedOver: number,
  { overlap, marks }: ScanInput,
): Marks {
  const again = reading.until - overlap;
  const markOf = <R extends Dated>(feed: Feed<R>, { overlapOffset: before }: Mark): Mark => {
    const first = feed.found.find(({ record }) => record.created_at >= handedOver);
    const reached = Math.max(feed.from, Math.min(frontier(feed), handedOver));
    // A list with nothing after the horizon is done, independent of the others.
    const at = feed.isComplete && !first && handedOver >= horizonOf(reading) ? feed.until : reached;
    const overlapOffset = feed.from <= again ? hintFor(feed, again) : before;
    return { at, offset: hintFor(feed, at), overlapOffset };
  };
  const { journal, sources } = reading;
  const read = [...sources].map(([id, feed]): [string, Mark] => {
    return [id, markOf(feed, marks.sources[id] ?? nowhere)];
  });
  return {
    journal: journal ? markOf(journal, marks.journal) : { ...nowhere, at: handedOver },
    sources: Object.fromEntries(read),
  };
}
