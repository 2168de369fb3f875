/**
 * Reads on from the marks and hands events to their threads.
 *
 * NOT repeatable with the same calls: a repetition reads again. Threads recognise events handed over
 * twice.
 */
import { NotAuthorised } from '../../engage/errors.js';
import type { Lists } from '../../engage/lists.js';
import type {
  ReconcileActivities,
  ScanInput,
  ScanOutcome,
  Trouble,
} from '../../workflows/contract/reconcile.js';
import { Budget, troubleOf } from './budget.js';
import type { ThreadFacts } from './by-thread.js';
import { journalNames } from './facts.js';
import { nextPage, takePage } from './feed.js';
import { handOver } from './hand-over.js';
import type { ReconcilePorts, ThreadsToBackfill } from './ports.js';
import {
  beginReading,
  furthestBehind,
  horizonOf,
  marksAt,
  readyAt,
  type Reading,
} from './reading.js';

export const createScan = ({
  engage,
  threadsToBackfill: threads,
}: ReconcilePorts): ReconcileActivities['scan'] =>
  async function scan(input): Promise<ScanOutcome> {
    const budget = new Budget(input.calls, input.pace);
    const { reading, trouble } = await readAll(engage, beginReading(input), budget);
    const horizon = horizonOf(reading);
    const ready = readyAt(reading, horizon, input.botUserId);
    const { backfilled, unreached } = await handOver(threads, input.domainId, ready.threads);
    const held = heldBackAt(unreached, input.givenUp) ?? horizon;
    const isJournalReadable = reading.journal !== undefined;
    return {
      backfilled,
      lookedAt: ready.lookedAt,
      calls: budget.spent,
      marks: marksAt(reading, Math.min(held, horizon), input),
      isComplete: furthestBehind(reading) === undefined,
      isJournalReadable,
      doubtsSince: isJournalReadable
        ? earliest(
            ready.unassignedSince,
            await doubtful(threads, input, ready.threads, backfilled.threadIds),
          )
        : input.marks.journal.at,
      unreached: unreached.map(({ threadId }) => threadId),
      unreadable: unreadableIn(reading),
      ...(trouble && { trouble }),
    };
  };

/** Reads until all lists are at their end, the calls are spent, or the platform fails. */
async function readAll(
  engage: Lists,
  begun: Reading,
  budget: Budget,
): Promise<{ reading: Reading; trouble?: Trouble }> {
  let reading = begun;
  for (let list = furthestBehind(reading); list && budget.isLeft; list = furthestBehind(reading)) {
    try {
      reading = await readPage(engage, reading, list, budget);
    } catch (error) {
      if (list !== 'journal' || !(error instanceof NotAuthorised)) {
        return { reading, trouble: troubleOf(error) };
      }
      reading = { ...reading, journal: undefined };
    }
  }
  return { reading };
}

async function readPage(
  engage: Lists,
  reading: Reading,
  list: NonNullable<ReturnType<typeof furthestBehind>>,
  budget: Budget,
): Promise<Reading> {
  const { journal, sources } = reading;
  if (list === 'journal') {
    if (!journal) return reading;
    const query = { ...nextPage(journal), names: journalNames, since: journal.from };
    const page = await budget.spend(() => engage.listJournal(query));
    return { ...reading, journal: takePage(journal, page) };
  }
  const { sourceId } = list;
  const feed = sources.get(sourceId);
  if (!feed) return reading;
  const page = await budget.spend(() => engage.listContents({ sourceId, ...nextPage(feed) }));
  return { ...reading, sources: new Map([...sources, [sourceId, takePage(feed, page)]]) };
}

/** Earliest event that an unreached thread has not received, except for threads given up. */
function heldBackAt(
  unreached: readonly ThreadFacts[],
  givenUp: readonly string[],
): number | undefined {
  const waitedFor = unreached.filter(({ threadId }) => !givenUp.includes(threadId));
  const times = waitedFor.map(({ first }) => first);
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * Earliest time from which a backfilled thread in phase `agent` may have missed the end of its
 * intervention.
 */
async function doubtful(
  threads: ThreadsToBackfill,
  { domainId }: ScanInput,
  facts: readonly ThreadFacts[],
  backfilled: readonly string[],
): Promise<number | undefined> {
  let since: number | undefined;
  for (const { threadId, first } of facts) {
    if (!backfilled.includes(threadId)) continue;
    const seen = await threads.peek(domainId, threadId).catch(() => undefined);
    if (seen?.phase === 'agent' && !seen.isSettling) since = earliest(since, first);
  }
  return since;
}

function unreadableIn({ journal, sources }: Reading): number {
  const feeds = [...(journal ? [journal] : []), ...sources.values()];
  return feeds.reduce((total, { unreadable }) => total + unreadable, 0);
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
