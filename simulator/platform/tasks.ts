/**
 * Routing: work for agents. A content without an intervention becomes a task; without an agent who has one
 * of the thread's categories as a skill it stays undelivered, which keeps bot threads from agents.
 */
import type { Content, Task, Thread } from '../state.js';
import { emitTask } from './events.js';
import { iso, type Platform } from './platform.js';

export function createTask(platform: Platform, thread: Thread, contentId: string): void {
  const task = addTask(platform, thread, contentId);
  emitTask(platform, 'task.created', task);
  if (!hasSkilledHuman(platform, thread)) undeliver(platform, task);
}

/** A reopened intervention: its task goes to the owner, or to all agents when the bot is the owner. */
export function resumeTask(
  platform: Platform,
  thread: Thread,
  work: { readonly contentId: string; readonly ownerId: string },
): void {
  if (openTasks(platform, thread.id).length > 0) return;
  const task = addTask(platform, thread, work.contentId);
  if (!hasSkilledHuman(platform, thread)) {
    task.queue = 'undelivered';
  } else if (platform.state.agentStatuses[work.ownerId]) {
    Object.assign(task, { agent_ids: [work.ownerId], queue: `workbin_${work.ownerId}` });
    emitTask(platform, 'task.assigned', task);
  }
}

/** The thread's categories changed: other agents, or none, may now get its task. */
export function routeAgain(platform: Platform, thread: Thread): void {
  const open = openTasks(platform, thread.id);
  const isForHumans = hasSkilledHuman(platform, thread);
  for (const task of open) {
    if (task.queue === 'undelivered' && !isForHumans) continue;
    emitTask(platform, 'task.recategorized', task);
    if (!isForHumans) undeliver(platform, task);
    else if (task.queue === 'undelivered') task.queue = 'global';
  }
  const content = lastCustomerContent(platform, thread);
  if (open.length === 0 && isForHumans && content) createTask(platform, thread, content.id);
}

function addTask(platform: Platform, thread: Thread, contentId: string): Task {
  const task: Task = {
    id: platform.id(),
    thread_id: thread.id,
    content_id: contentId,
    intervention_id: findOpenIntervention(platform, thread.id)?.id ?? null,
    channel_id: platform.state.sources[thread.source_id]?.channel_id ?? '',
    agent_ids: [],
    queue: 'global',
    step: 'anyone',
    completed_at: null,
    created_at: iso(platform.now()),
  };
  platform.state.tasks[task.id] = task;
  return task;
}

function undeliver(platform: Platform, task: Task): void {
  Object.assign(task, { queue: 'undelivered', agent_ids: [] });
  emitTask(platform, 'task.undelivered', task);
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

/** Files a content as spam, or archives it: no webhook but that of its task reports it. */
export function ignoreContent(platform: Platform, content: Content, userId: string): void {
  content.status = 'ignored';
  const infos = { content_id: content.id, content_thread_id: content.thread_id };
  platform.journal('content.ignored', { userId, infos });
  destroyTasks(platform, { threadId: content.thread_id, contentId: content.id }, userId);
}

/** Destroys the thread's open tasks, or those of one of its contents. */
export function destroyTasks(
  platform: Platform,
  of: { readonly threadId: string; readonly contentId?: string },
  userId: string,
): void {
  for (const task of openTasks(platform, of.threadId)) {
    if (of.contentId !== undefined && task.content_id !== of.contentId) continue;
    Object.assign(task, { completed_at: iso(platform.now()), queue: 'history' });
    emitTask(platform, 'task.destroyed', task, { userId });
  }
}

export function openTasks(platform: Platform, threadId: string): readonly Task[] {
  return Object.values(platform.state.tasks).filter(
    (task) => task.thread_id === threadId && task.completed_at === null,
  );
}

function hasSkilledHuman(platform: Platform, thread: Thread): boolean {
  return Object.keys(platform.state.agentStatuses).some((id) =>
    platform.state.users[id]?.category_ids.some((skill) =>
      thread.thread_category_ids.includes(skill),
    ),
  );
}

export function findOpenIntervention(platform: Platform, threadId: string) {
  return Object.values(platform.state.interventions).find(
    (one) => one.thread_id === threadId && !one.closed,
  );
}

export function lastCustomerContent({ state }: Platform, thread: Thread): Content | undefined {
  return Object.values(state.contents)
    .filter(({ thread_id: id, by }) => id === thread.id && by.startsWith('customer:'))
    .at(-1);
}
