/**
 * Interventions, with the platform's refusals: one with a reply can only be closed, one without a reply
 * only cancelled, and only by its owner or by a user who may edit others'.
 */
import type { Content, Intervention } from '../state.js';
import { letGo, wantControl } from '../messenger/platform-app.js';
import { emitIntervention } from './events.js';
import { iso, must, ApiError, type Platform } from './platform.js';
import { completeTasks, createTask, findOpenIntervention, resumeTask, takeTasks } from './tasks.js';

/** Opens an intervention on a content's thread, or reopens its last. @throws ApiError 422 when one is open */
export function openIntervention(
  platform: Platform,
  content: Content,
  userId: string,
): Intervention {
  if (findOpenIntervention(platform, content.thread_id)) {
    throw new ApiError(422, 'validation_error', 'An intervention is already open on this thread');
  }
  const last = lastInterventionOf(platform, content.thread_id);
  if (last) return reopen(platform, last, userId);
  const opened = create(platform, content, userId);
  emitIntervention(platform, 'intervention.opened', opened, { userId });
  wantControl(platform, must(platform.state.threads, opened.thread_id, 'Thread'));
  return opened;
}

function create(platform: Platform, content: Content, userId: string): Intervention {
  const thread = must(platform.state.threads, content.thread_id, 'Thread');
  const now = iso(platform.now());
  const intervention: Intervention = {
    id: platform.id(),
    thread_id: thread.id,
    source_id: thread.source_id,
    content_id: content.id,
    identity_id: thread.identity_id,
    user_id: userId,
    closed: false,
    closed_at: null,
    deferred_at: null,
    category_ids: thread.thread_category_ids,
    custom_fields: {},
    user_replies_count: 0,
    first_user_reply_id: null,
    created_at: now,
    updated_at: now,
  };
  platform.state.interventions[intervention.id] = intervention;
  thread.interventions_count += 1;
  content.intervention_id = intervention.id;
  return intervention;
}

function reopen(platform: Platform, intervention: Intervention, userId: string): Intervention {
  Object.assign(intervention, { closed: false, closed_at: null, user_id: userId });
  touch(platform, intervention);
  emitIntervention(platform, 'intervention.reopened', intervention, { userId });
  return intervention;
}

/** The customer wrote again: a closed intervention reopens in its owner's name, a deferred one returns. */
export function customerReturned(platform: Platform, content: Content): void {
  const last = lastInterventionOf(platform, content.thread_id);
  const thread = must(platform.state.threads, content.thread_id, 'Thread');
  if (!last) {
    createTask(platform, thread, content.id);
    return;
  }
  if (last.closed) {
    Object.assign(last, { closed: false, closed_at: null });
    touch(platform, last);
    Object.assign(content, { intervention_id: last.id, status: 'assigned' });
    emitIntervention(platform, 'intervention.reopened', last);
    resumeTask(platform, thread, { contentId: content.id, ownerId: last.user_id });
  } else if (last.deferred_at !== null) {
    reactivate(platform, last.id);
  }
}

export function reactivate(platform: Platform, id: string): void {
  const intervention = platform.state.interventions[id];
  if (!intervention || intervention.closed || intervention.deferred_at === null) return;
  intervention.deferred_at = null;
  touch(platform, intervention);
  emitIntervention(platform, 'intervention.reactivated', intervention);
  const thread = platform.state.threads[intervention.thread_id];
  if (thread) createTask(platform, thread, intervention.content_id);
}

/** An agent engages: opens an intervention, or becomes the owner of the open one. */
export function engage(platform: Platform, content: Content, userId: string): Intervention {
  takeTasks(platform, content.thread_id, userId);
  const open = findOpenIntervention(platform, content.thread_id);
  if (!open) return openIntervention(platform, content, userId);
  if (open.user_id !== userId) reassignIntervention(platform, open, userId, userId);
  return open;
}

export function reassignIntervention(
  platform: Platform,
  intervention: Intervention,
  ownerId: string,
  userId: string,
): void {
  must(platform.state.users, ownerId, 'User');
  intervention.user_id = ownerId;
  touch(platform, intervention);
  emitIntervention(platform, 'intervention.user_updated', intervention, { userId });
}

export function closeIntervention(platform: Platform, id: string, userId: string): Intervention {
  const intervention = must(platform.state.interventions, id, 'Intervention');
  if (intervention.closed) throw forbidden('The intervention is already closed');
  if (intervention.user_replies_count === 0) throw forbidden('The intervention has no agent reply');
  if (!mayEdit(platform, intervention, userId)) throw forbidden('The intervention is not yours');
  Object.assign(intervention, { closed: true, closed_at: iso(platform.now()), deferred_at: null });
  touch(platform, intervention);
  emitIntervention(platform, 'intervention.closed', intervention, { userId });
  letGo(platform, intervention.thread_id);
  completeTasks(platform, intervention.thread_id, { userId, action: 'closed' });
  return intervention;
}

export function cancelIntervention(platform: Platform, id: string, userId: string): Intervention {
  const intervention = must(platform.state.interventions, id, 'Intervention');
  if (intervention.closed) throw forbidden('The intervention is already closed');
  if (intervention.user_replies_count > 0) throw forbidden('The intervention has agent replies');
  if (!mayEdit(platform, intervention, userId)) throw forbidden('The intervention is not yours');
  const { [id]: canceled, ...rest } = platform.state.interventions;
  platform.state.interventions = rest;
  for (const content of Object.values(platform.state.contents)) {
    if (content.intervention_id === id) content.intervention_id = null;
  }
  emitIntervention(platform, 'intervention.canceled', intervention, { userId });
  return canceled ?? intervention;
}

export function deferIntervention(
  platform: Platform,
  intervention: Intervention,
  by: { readonly userId: string; readonly for: number },
): void {
  intervention.deferred_at = iso(platform.now());
  touch(platform, intervention);
  emitIntervention(platform, 'intervention.deferred', intervention, by);
  completeTasks(platform, intervention.thread_id, { userId: by.userId, action: 'deferred' });
  const due = platform.now() + by.for;
  const { state } = platform;
  // Deferred again: the earlier time is void.
  state.chores = state.chores.filter(
    (one) => one.do !== 'reactivate' || one.intervention_id !== intervention.id,
  );
  platform.later({ due, do: 'reactivate', intervention_id: intervention.id });
}

/** Counts a reply for its intervention. */
export function countReply(platform: Platform, content: Content): void {
  const intervention = findOpenIntervention(platform, content.thread_id);
  if (!intervention) return;
  content.intervention_id = intervention.id;
  intervention.user_replies_count += 1;
  intervention.first_user_reply_id ??= content.id;
  touch(platform, intervention);
}

function lastInterventionOf(platform: Platform, threadId: string): Intervention | undefined {
  return Object.values(platform.state.interventions)
    .filter((one) => one.thread_id === threadId)
    .at(-1);
}

function mayEdit(platform: Platform, intervention: Intervention, userId: string): boolean {
  if (intervention.user_id === userId) return true;
  return platform.state.users[userId]?.can_update_interventions ?? false;
}

function forbidden(message: string): ApiError {
  return new ApiError(403, 'forbidden', message);
}

function touch(platform: Platform, intervention: Intervention): void {
  intervention.updated_at = iso(platform.now());
}
