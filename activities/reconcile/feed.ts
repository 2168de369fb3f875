/**
 * Reads a list that grows at its end, from a given time onwards, page by page. Pure: it returns which
 * page it needs next and is given the result.
 *
 * Contents can be searched by source but not by time, so the position of the start time is searched
 * for: first near a hint (the position of the last run), then by bisection. A position is accepted
 * only if the record before it is older, or there is none, because deleted contents shift the list.
 */
import type { Page, PagePlace } from '../../engage/lists.js';

export const pageSize = 150;

export type Dated = { readonly id: string; readonly created_at: number };
export type Found<R> = { readonly position: number; readonly record: R };

export type Feed<R extends Dated> = {
  /** Unix milliseconds of the platform's clock: from `from`, inclusive, to `until`, exclusive. */
  readonly from: number;
  readonly until: number;
  readonly offset: number;
  readonly isLocated: boolean;
  readonly isComplete: boolean;
  /** Last position known to be older than `from`, and first position known not to be. */
  readonly older: number;
  readonly newer: number | undefined;
  readonly found: readonly Found<R>[];
  readonly looked: number;
  readonly unreadable: number;
};

/** @param start where to look first; `isExact`: the list itself begins at `from` */
export function newFeed<R extends Dated>(
  time: { readonly from: number; readonly until: number },
  start: { readonly offset: number; readonly isExact: boolean },
): Feed<R> {
  return {
    ...time,
    offset: start.offset,
    isLocated: start.isExact,
    isComplete: time.from >= time.until,
    older: -1,
    newer: undefined,
    found: [],
    looked: 0,
    unreadable: 0,
  };
}

export function nextPage<R extends Dated>({ offset }: Feed<R>): PagePlace {
  return { offset, limit: pageSize };
}

/** Everything before this time has been read. */
export function frontier<R extends Dated>(feed: Feed<R>): number {
  if (feed.isComplete) return feed.until;
  return feed.found.at(-1)?.record.created_at ?? feed.from;
}

export function takePage<R extends Dated>(feed: Feed<R>, page: Page<R>): Feed<R> {
  const end = feed.offset + page.records.length;
  const read = page.records.flatMap((record, index) =>
    record ? [{ position: feed.offset + index, record }] : [],
  );
  const unreadable = feed.unreadable + page.records.length - read.length;
  const counted = { ...feed, looked: feed.looked + read.length, unreadable };
  const isEnd = end >= page.count || page.records.length === 0;
  return feed.isLocated
    ? keep(counted, read, { end, isEnd })
    : locate(counted, read, { end, isEnd, count: page.count });
}

type End = { readonly end: number; readonly isEnd: boolean };

function keep<R extends Dated>(feed: Feed<R>, read: readonly Found<R>[], { end, isEnd }: End) {
  const isPast = read.some(({ record }) => record.created_at >= feed.until);
  const wanted = read.filter(
    ({ record: { created_at: at } }) => at >= feed.from && at < feed.until,
  );
  const found = [...feed.found, ...wanted];
  return { ...feed, isLocated: true, offset: end, isComplete: isEnd || isPast, found };
}

function locate<R extends Dated>(
  feed: Feed<R>,
  read: readonly Found<R>[],
  { end, isEnd, count }: End & { readonly count: number },
): Feed<R> {
  const index = read.findIndex(({ record }) => record.created_at >= feed.from);
  if (index === -1) {
    // The list has become shorter than the hint: look at its new end.
    if (read.length === 0 && feed.offset > 0 && count > 0) {
      return { ...feed, offset: Math.max(0, count - pageSize), older: -1, newer: undefined };
    }
    if (isEnd) return { ...feed, isComplete: true, offset: end };
    return search({ ...feed, older: end - 1 }, count);
  }
  const isProven = index > 0 || feed.offset === 0 || feed.older === feed.offset - 1;
  if (isProven) return keep(feed, read.slice(index), { end, isEnd });
  return search({ ...feed, newer: feed.offset }, count);
}

/**
 * Position between the older and the newer bound; starts at the end of the list, where new records
 * are.
 */
function search<R extends Dated>(feed: Feed<R>, count: number): Feed<R> {
  const { older, newer } = feed;
  const first = older + 1;
  if (newer === undefined) return { ...feed, offset: Math.max(first, count - pageSize) };
  const isOnePage = newer - first <= pageSize;
  const before = Math.max(first, newer - pageSize);
  if (isOnePage) return { ...feed, offset: first };
  // Near the hint first, in case the list has shifted a little; then bisection.
  const offset = older === -1 && feed.looked <= pageSize ? before : first + half(newer - first);
  return { ...feed, offset };
}

function half(length: number): number {
  return Math.floor(length / 2);
}

/** Hint for this time in the next run: one position earlier, so that the older record is read too. */
export function hintFor<R extends Dated>(feed: Feed<R>, time: number): number {
  const first = feed.found.find(({ record }) => record.created_at >= time);
  return Math.max(0, (first?.position ?? feed.offset) - 1);
}
