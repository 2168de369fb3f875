/**
 * Whose category the thread is in. Categories decide who sees a thread on the platform; others may
 * change them at any time, and nobody tells us: on any contradiction the thread is read.
 */
import { oweControl } from './messenger-control.js';
import type { Content } from '../../contract/engage-event.js';
import { owe } from '../state/outbox-operations.js';
import { changePhase, lockThread } from './phase.js';
import type { SourceSettings } from '../../contract/source-settings.js';
import { raiseAttention, type ThreadState } from '../state/state.js';
import { isFailure, type Failure, type ReadThreadOutcome } from '../../contract/work.js';
import { withRouting } from '../state/routing.js';

/** Owe the platform a change of category, unless the thread is there already. */
export function place(state: ThreadState, to: 'bot' | 'agent'): ThreadState {
  return oweCategories(oweControl(state, to), to);
}

function oweCategories(state: ThreadState, to: 'bot' | 'agent'): ThreadState {
  if (state.routing.assignedCategory === to && state.outbox.inFlight?.do !== 'recategorise')
    return state;
  return owe(state, {
    do: 'recategorise',
    key: `${state.ownership.epoch}/to-${to}`,
    epoch: state.ownership.epoch,
    to,
  });
}

/** A change of its categories is owed. */
export function isBeingMoved({ outbox: { items: owed } }: ThreadState): boolean {
  return owed.some((step) => step.do === 'recategorise');
}

/** Their categories; what else makes a thread theirs they have already, or are being given. */
export function withAgents(state: ThreadState): ThreadState {
  return oweCategories(state, 'agent');
}

/** Other humans than those who have been asked so far. */
export function placeWithOthers(state: ThreadState, categoryId: string): ThreadState {
  const {
    ownership: { epoch },
  } = state;
  const key = `${epoch}/to-${categoryId}`;
  const step = { do: 'recategorise', key, epoch, to: 'agent', categoryId } as const;
  return owe(state, step);
}

/** Which categories go out and which comes in: the bot's or any of the humans' for the other's. */
export function exchange(
  { settings }: ThreadState,
  { to, categoryId }: { readonly to: 'bot' | 'agent'; readonly categoryId?: string },
): { readonly out: readonly string[]; readonly in: string } {
  const { bot } = settings.categories;
  const humans = humanCategories(settings);
  if (to === 'bot') return { out: humans, in: bot };
  const wanted = categoryId ?? settings.categories.agent;
  return { out: [bot, ...humans.filter((id) => id !== wanted)], in: wanted };
}

/** All categories by which a thread of this source may have been given to humans. */
function humanCategories({ categories, escalations = {} }: SourceSettings): readonly string[] {
  const escalationSteps = Object.values(escalations).flat();
  const moved = escalationSteps.flatMap(({ categoryId }) =>
    categoryId === undefined ? [] : [categoryId],
  );
  return [...new Set([categories.agent, ...moved])];
}

/** The platform would not give it back: the bot has lost what it was about to take. */
export function leaveToHumans(state: ThreadState, why: string, now: number): ThreadState {
  return place(changePhase(state, 'categoryChanged', { why }, now), 'agent');
}

/** A customer's content says which categories it was born into: believe agreement, doubt the rest. */
export function compareCategories(state: ThreadState, content: Content): ThreadState {
  const agrees = content.categoryIds.includes(state.settings.categories.bot);
  if (!agrees) return withRouting(state, { categoriesInDoubt: true });
  return withRouting(state, { assignedCategory: 'bot' });
}

/** The thread was read because its categories were in doubt. */
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

/** With the bot; while we wait for a human, somebody at the desk must have given it back. */
function seenWithBot(state: ThreadState, now: number): ThreadState {
  const next: ThreadState = withRouting(state, { assignedCategory: 'bot' });
  if (next.ownership.phase !== 'handover') return next;
  const why = 'the thread was given back to the bot outside Baton';
  return changePhase(next, 'categoryReturned', { why }, now);
}

/** While we wait for a human a content says it is with the bot: late news, or given back. */
export function doubtHandover(state: ThreadState, content: Content): ThreadState {
  const isElsewhere = state.routing.assignedCategory === 'agent' && !isBeingMoved(state);
  const saysBot =
    content.categoryIds.includes(state.settings.categories.bot) &&
    !content.categoryIds.includes(state.settings.categories.agent);
  return isElsewhere && saysBot ? withRouting(state, { categoriesInDoubt: true }) : state;
}

/** We saw the thread's own categories: when the bot's is not among them, somebody took it away. */
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
