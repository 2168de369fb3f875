/**
 * Reads interventions directly, the last changed first, where the journal was not sufficient. It finds
 * threads whose human has completed without our knowing, and threads that a human has taken without
 * our knowing. Only threads whose state contradicts the intervention are sent an event. Repeatable.
 */
import type { ListedIntervention } from '../../engage/resources.js';
import type { EngageEvent } from '../../workflows/contract/engage-event.js';
import type {
  DoubtsOutcome,
  ReconcileActivities,
  SettleDoubtsInput,
  Trouble,
} from '../../workflows/contract/reconcile.js';
import { Budget, troubleOf } from './budget.js';
import type { ThreadFacts } from './by-thread.js';
import { pageSize } from './feed.js';
import { handOver } from './hand-over.js';
import type { ReconcilePorts, ThreadPeek } from './ports.js';

export const createSettleDoubts = ({
  engage,
  threadsToBackfill: threads,
}: ReconcilePorts): ReconcileActivities['settleDoubts'] =>
  async function settleDoubts(input): Promise<DoubtsOutcome> {
    const budget = new Budget(input.calls, input.pace);
    const { changed, isSettled, trouble } = await readChanged(engage, input, budget);
    const facts: ThreadFacts[] = [];
    for (const [threadId, intervention] of newestByThread(changed)) {
      const { source_id: sourceId } = intervention;
      if (sourceId !== undefined && !input.sourceIds.includes(sourceId)) continue;
      const peek = await threads.peek(input.domainId, threadId);
      const event = peek && contradiction(intervention, peek, input);
      if (event) facts.push({ threadId, sourceId, first: event.issuedAt, events: [event] });
    }
    const { backfilled, unreached } = await handOver(threads, input.domainId, facts);
    return {
      backfilled,
      calls: budget.spent,
      isSettled: isSettled && unreached.length === 0,
      ...(trouble && { trouble }),
    };
  };

async function readChanged(
  engage: ReconcilePorts['engage'],
  { since }: SettleDoubtsInput,
  budget: Budget,
): Promise<{ changed: readonly ListedIntervention[]; isSettled: boolean; trouble?: Trouble }> {
  const changed: ListedIntervention[] = [];
  try {
    for (let offset = 0; budget.isLeft; offset += pageSize) {
      const page = { offset, limit: pageSize };
      const { records, count } = await budget.spend(() => engage.listChangedInterventions(page));
      changed.push(...records.filter((one) => one !== undefined));
      const isPast = records.some((one) => (one?.updated_at ?? since) < since);
      if (isPast || offset + records.length >= count || records.length === 0) {
        return { changed, isSettled: true };
      }
    }
    return { changed, isSettled: false };
  } catch (error) {
    return { changed, isSettled: false, trouble: troubleOf(error) };
  }
}

function newestByThread(
  changed: readonly ListedIntervention[],
): ReadonlyMap<string, ListedIntervention> {
  const newest = new Map<string, ListedIntervention>();
  for (const intervention of changed) {
    const { thread_id: threadId } = intervention;
    if (threadId !== undefined && !newest.has(threadId)) newest.set(threadId, intervention);
  }
  return newest;
}

/** The event that the thread has missed; `undefined` if its state agrees with the intervention. */
export function contradiction(
  intervention: ListedIntervention,
  { phase, isSettling }: ThreadPeek,
  { since, botUserId }: Pick<SettleDoubtsInput, 'since' | 'botUserId'>,
): EngageEvent | undefined {
  const { id: interventionId, closed, user_id: ownerId } = intervention;
  const { created_at: openedAt = 0, updated_at: changedAt = openedAt } = intervention;
  const by = ownerId === undefined ? {} : { ownerId };
  if (closed && phase === 'agent' && !isSettling) {
    // Later than rounding can have dated any act of the human before it.
    const issuedAt = changedAt + 2_000;
    const id = `closed:${interventionId}:${changedAt}`;
    return { id, issuedAt, type: 'intervention.closed', interventionId, ...by };
  }
  const isHumans = ownerId !== undefined && ownerId !== botUserId;
  const isUnnoticed = phase === 'bot' || phase === 'handover';
  if (closed || !isUnnoticed || !isHumans || openedAt < since) return undefined;
  const id = `opened:${interventionId}`;
  const rounded = { issuedAt: openedAt, isRounded: true } as const;
  return { ...rounded, id, type: 'intervention.opened', interventionId, userId: ownerId, ...by };
}
