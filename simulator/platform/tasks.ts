/**
 * Routing: work for humans. A content no intervention covers becomes a task; without a human who has
 * one of the thread's categories as a skill it ends undelivered, which is how bot threads stay quiet.
 */
import type { Task, Thread } from '../state.js';
import { emitTask } from './events.js';
import { iso, type Platform } from './platform.js';

export function createTask(platform: Platform, thread: Thread, contentId: string): void {
  const task: Task = {
    id: platform.id(),
    thread_id: thread.id,
    content_id: contentId,
    intervention_id: openInterventionOf(platform, thread.id)?.id ?? null,
    channel_id: platform.state.sources[thread.source_id]?.channel_id ?? '',
    agent_ids: [],
    queue: 'global',
    step: 'anyone',
    completed_at: null,
    created_at: iso(platform.now()),
  };
  platform.state.tasks[task.id] = task;
  emitTask(platform, 'task.created', task);
  if (hasSkilledHuman(platform, thread)) return;
  task.queue = 'undelivered';
  emitTask(platform, 'task.undelivered', task);
}

/** The thread's categories changed: its undelivered work may now have somebody to do it. */
export function routeAgain(platform: Platform, thread: Thread): void {
  if (!hasSkilledHuman(platform, thread)) return;
  for (const task of openTasks(platform, thread.id)) {
    task.queue = 'global';
    emitTask(platform, 'task.recategorized', task);
  }
}

export function takeTasks(platform: Platform, threadId: string, userId: string): void {
  for (const task of openTasks(platform, threadId)) {
    if (task.agent_ids.includes(userId)) continue;
    Object.assign(task, { agent_ids: [userId], queue: `workbin_${userId}` });
    emitTask(platform, 'task.taken', task, { userId });
  }
}

export function completeTasks(
  platform: Platform,
  threadId: string,
  by: { readonly userId: string; readonly action: 'deferred' | 'closed' },
): void {
  for (const task of openTasks(platform, threadId)) {
    task.completed_at = iso(platform.now());
    task.queue = 'history';
    emitTask(platform, 'task.completed', task, by);
  }
}

export function openTasks(platform: Platform, threadId: string): readonly Task[] {
  return Object.values(platform.state.tasks).filter(
    (task) => task.thread_id === threadId && task.completed_at === null,
  );
}

function hasSkilledHuman(platform: Platform, thread: Thread): boolean {
  return Object.keys(platform.state.presence).some((id) =>
    platform.state.users[id]?.category_ids.some((skill) =>
      thread.thread_category_ids.includes(skill),
    ),
  );
}

export function openInterventionOf(platform: Platform, threadId: string) {
  return Object.values(platform.state.interventions).find(
    (one) => one.thread_id === threadId && !one.closed,
  );
}
