/**
 * What Baton writes as a thread's categories: exactly one of the bot's, the agents' and those to which an
 * escalation moves a thread, and all others as they were. The platform replaces the whole set, so a change by others within the round trip between Baton's read
 * and its write is lost, as it would be with any client.
 */
import { categories, users } from '../../../simulator/seed.js';
import type { JournalEntry } from '../../../simulator/state.js';
import { deployedIn, type Plan } from '../plan/plan.js';
import type { Evidence } from './evidence.js';
import type { Violation } from './violation.js';
import { roundTrip } from './voices.js';

type Change = { readonly at: number; readonly ids: readonly string[]; readonly isBatons: boolean };

export function brokenSets(evidence: Evidence): readonly Violation[] {
  const changes = changesByThread(evidence.world.simulator.platform.state.journal);
  const escalations = escalationCategories(evidence.plan);
  const ours = new Set([categories.bot, categories.agent, ...escalations]);
  const window = roundTrip(evidence);
  return evidence.threads.flatMap(({ id, thread }) => {
    const born = thread.category_history[0]?.ids ?? [];
    const all = changes.get(id) ?? [];
    return all.flatMap((change, index) => {
      if (!change.isBatons) return [];
      const known = (time: number) =>
        all.slice(0, index).findLast((one) => one.at <= time)?.ids ?? born;
      // What was there at some time within the round trip is what Baton has read.
      const within = all.slice(0, index).filter((one) => one.at > change.at - window);
      const read = [known(change.at - window), ...within.map(({ ids }) => ids)];
      const neutral = [...escalations].filter((category) =>
        isByHand(all.slice(0, index), category),
      );
      const without = (ids: readonly string[]) => ids.filter((one) => !neutral.includes(one));
      if (neutral.some((category) => change.ids.includes(category))) return [];
      const what = wrongSet(ours, without(change.ids), read.map(without));
      return what ? [{ check: 'category sets are whole', thread: id, at: change.at, what }] : [];
    });
  });
}

function changesByThread(journal: readonly JournalEntry[]): ReadonlyMap<string, readonly Change[]> {
  const by = new Map<string, Change[]>();
  for (const { name, user_id: user, created_at: at, extra_infos: infos } of journal) {
    const { content_thread_id: thread, category_ids: ids } = infos;
    if (name !== 'content_thread.recategorized' || typeof thread !== 'string') continue;
    const change = {
      at: Date.parse(at),
      ids: Array.isArray(ids) ? ids : [],
      isBatons: user === users.bot,
    };
    by.set(thread, [...(by.get(thread) ?? []), change]);
  }
  return by;
}

function wrongSet(
  ours: ReadonlySet<string>,
  written: readonly string[],
  read: readonly (readonly string[])[],
): string | undefined {
  const own = written.filter((one) => ours.has(one));
  if (own.length !== 1)
    return `${own.length} categories of Baton, ${written.join() || 'none'} in all`;
  const others = (ids: readonly string[]) =>
    ids
      .filter((one) => !ours.has(one))
      .toSorted()
      .join();
  if (read.some((ids) => others(ids) === others(written))) return undefined;
  return `other categories were lost or came back: ${others(read.at(-1) ?? []) || 'none'} before, ${others(written) || 'none'} now`;
}

/** Of any version. */
function escalationCategories(plan: Plan): ReadonlySet<string> {
  return new Set(
    deployedIn(plan).flatMap(({ source }) =>
      Object.values(source?.escalations ?? {}).flatMap((steps) =>
        (steps ?? []).flatMap((step) => (step.do === 'move' ? [step.category] : [])),
      ),
    ),
  );
}

/** A person has set it: it is one of the others, and an escalation may set or replace it all the same. */
function isByHand(before: readonly Change[], category: string): boolean {
  return before.some(({ ids, isBatons }) => !isBatons && ids.includes(category));
}
