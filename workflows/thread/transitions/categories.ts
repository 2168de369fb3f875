/**
 * Keeps track of the thread's category and enqueues changes. Categories decide which agents see a
 * thread on the platform. Others may change them at any time and no webhook reports it; therefore the
 * thread is read on any contradiction.
 */
import { enqueueControl } from './messenger-control.js';
import type { Content } from '../../contract/engage-event.js';
import { enqueue } from '../state/outbox-operations.js';
import { changePhase, lockThread } from './phase.js';
import type { SourceSettings } from '../../contract/source-settings.js';
import { note, raiseAttention, type ThreadState } from '../state/state.js';
import { isFailure, type Failure, type ReadThreadOutcome } from '../../contract/work.js';
import { withRouting } from '../state/routing.js';
import { leaveToBot } from './unanswered.js';

/** Enqueues a change of category, unless the thread is already there. */
export function assignCategory(state: ThreadState, to: 'bot' | 'agent'): ThreadState {
  return enqueueCategory(enqueueControl(state, to), to);
}

function enqueueCategory(state: ThreadState, to: 'bot' | 'agent'): ThreadState {
  if (state.routing.assignedCategory === to && state.outbox.inFlight?.do !== 'recategorise')
    return state;
  return enqueue(state, {
    do: 'recategorise',
    key: `${state.ownership.epoch}/to-${to}`,
    epoch: state.ownership.epoch,
    to,
  });
}

/** True while a change of category is in the outbox. */
export function isBeingMoved({ outbox: { items } }: ThreadState): boolean {
  return items.some((step) => step.do === 'recategorise');
}

/** True while the first change to an agents' category is in the outbox. */
function isOnTheWayToAgents({ outbox: { items } }: ThreadState): boolean {
  return items.some((step) => step.do === 'recategorise' && step.to === 'agent' && !step.isAgain);
}

/** Enqueues the change to the agents' category only; thread control has moved or is moving already. */
export function withAgents(state: ThreadState): ThreadState {
  return enqueueCategory(state, 'agent');
}

/** Enqueues a change to the category of other agents. */
export function assignOtherCategory(state: ThreadState, categoryId: string): ThreadState {
  const {
    ownership: { epoch },
  } = state;
  const key = `${epoch}/to-${categoryId}`;
  const step = { do: 'recategorise', key, epoch, to: 'agent', categoryId } as const;
  return enqueue(state, step);
}

/** The categories to remove and the one to add, for a change to the bot or to agents. */
export function exchange(
  { settings, routing: { lastSet } }: ThreadState,
  { to, categoryId }: { readonly to: 'bot' | 'agent'; readonly categoryId?: string },
): { readonly out: readonly string[]; readonly in: string } {
  const { bot, agent } = settings.categories;
  const humans = humanCategories(settings);
  const wanted = to === 'bot' ? bot : (categoryId ?? agent);
  const others = to === 'bot' ? humans : [bot, ...humans];
  const ours = lastSet === undefined || others.includes(lastSet) ? others : [...others, lastSet];
  return { out: ours.filter((id) => id !== wanted), in: wanted };
}

/** All categories by which a thread of this source may have been handed to humans. */
function humanCategories({ categories, escalations = {} }: SourceSettings): readonly string[] {
  const escalationSteps = Object.values(escalations).flat();
  const moved = escalationSteps.flatMap(({ categoryId }) =>
    categoryId === undefined ? [] : [categoryId],
  );
  return [...new Set([categories.agent, ...moved])];
}

/**
 * A thread returns to the bot only if the account's default categories do not send threads to humans: an
 * administrator may have declared an emergency by them. An operator's command is not subject to this.
 */
export function unlessHumans(
  { settings, ownership: { reason } }: ThreadState,
  { to }: { readonly to: 'bot' | 'agent' },
): { readonly unlessSourceIsHumans?: string } {
  if (to !== 'bot' || reason === 'operatorReturned') return {};
  return { unlessSourceIsHumans: settings.sourceId };
}

/** The thread was not returned. In phase `closed`, the customer's next content is compared with the platform. */
export function keptByHumans(state: ThreadState, now: number): ThreadState {
  const isClosed = state.ownership.phase === 'closed';
  const kept = withRouting(state, { assignedCategory: isClosed ? undefined : 'agent' });
  const noted = note(kept, now, { code: 'keptByHumans' });
  if (noted.ownership.phase !== 'bot') return noted;
  return leaveToHumans(noted, 'the account’s default categories send threads to humans', now);
}

/** The platform refused to return the thread: it stays with humans. */
export function leaveToHumans(state: ThreadState, why: string, now: number): ThreadState {
  return assignCategory(changePhase(state, 'categoryChanged', { why }, now), 'agent');
}

/**
 * Compares a content's categories with ours: equal ones are trusted, others cause a read of the
 * thread.
 */
export function compareCategories(state: ThreadState, content: Content): ThreadState {
  const agrees = content.categoryIds.includes(state.settings.categories.bot);
  if (!agrees) return withRouting(state, { categoriesInDoubt: true });
  return withRouting(state, { assignedCategory: 'bot' });
}

/** Applies the result of reading the thread, which was done because its categories were in doubt. */
export function afterRead(
  state: ThreadState,
  outcome: ReadThreadOutcome | Failure,
  now: number,
): ThreadState {
  const next = withRouting(state, { categoriesInDoubt: false });
  if (isFailure(outcome)) return raiseAttention(next, now, 'threadUnreadable');
  if (outcome.isLocked) return lockThread(next, now);
  return afterSight(next, outcome.categoryIds, now);
}

/**
 * The thread is in the bot's category. While humans have it, this means that an agent has returned it, with
 * what is unanswered.
 */
function seenWithBot(state: ThreadState, now: number): ThreadState {
  const isTaken = state.ownership.phase === 'handover' || state.ownership.phase === 'agent';
  // Read before our own change to the agents' category: a human has taken the thread meanwhile.
  if (isTaken && isOnTheWayToAgents(state)) return state;
  const next: ThreadState = withRouting(state, { assignedCategory: 'bot' });
  if (!isTaken) return next;
  const why = 'the thread was given back to the bot outside Baton';
  const back = changePhase(next, 'categoryReturned', { why }, now);
  return leaveToBot(back, now);
}

/**
 * While humans have the thread, a content has the bot's category: it is either late, or the thread was
 * returned.
 */
export function doubtReturn(state: ThreadState, content: Content): ThreadState {
  const isElsewhere = state.routing.assignedCategory === 'agent' && !isBeingMoved(state);
  const saysBot =
    content.categoryIds.includes(state.settings.categories.bot) &&
    !content.categoryIds.includes(state.settings.categories.agent);
  return isElsewhere && saysBot ? withRouting(state, { categoriesInDoubt: true }) : state;
}

/**
 * Applies the thread's own categories. If the bot's is missing, somebody outside Baton has changed
 * them.
 */
export function afterSight(
  state: ThreadState,
  categoryIds: readonly string[],
  now: number,
): ThreadState {
  if (categoryIds.includes(state.settings.categories.bot)) return seenWithBot(state, now);
  const next: ThreadState = withRouting(state, { assignedCategory: 'agent' });
  if (next.ownership.phase !== 'bot') return next;
  const why = 'the thread’s categories were changed outside Baton';
  return changePhase(next, 'categoryChanged', { why }, now);
}
