/** Actions of an agent, in Engage or in the channel's own app. */
import type { Content, Thread, User } from '../state.js';
import { createReply, importNative } from './contents.js';
import { emitTask } from './events.js';
import {
  closeIntervention,
  deferIntervention,
  engage,
  reassignIntervention,
} from './interventions.js';
import { ApiError, type Platform } from './platform.js';
import { findOpenIntervention, ignoreContent, lastCustomerContent, openTasks } from './tasks.js';

const deferredFor = 60 * 60 * 1000;

export function agentReplies(
  platform: Platform,
  thread: Thread,
  agent: User,
  said: { readonly body: string; readonly needsApproval?: boolean | undefined },
): Content {
  if (thread.closed) {
    throw new ApiError(403, 'cant_reply_to_closed_thread', 'The thread is closed');
  }
  const to = lastContent(platform, thread);
  engage(platform, to, agent.id);
  const { body, needsApproval: needs } = said;
  const approval = needs === undefined ? {} : { needs_approval: needs };
  return createReply(platform, to, agent, { body, private: true, ...approval });
}

/** Files the customer's last content as spam: its work ends. Only the journal records it. */
export function agentIgnores(platform: Platform, thread: Thread, agent: User): void {
  ignoreContent(platform, lastContent(platform, thread), agent.id);
}

/**
 * Transfers the thread to another agent, where its task rings. An agent who accepts has taken it; otherwise nobody
 * has engaged. @throws ApiError 422 without an open task
 */
export function agentTransfers(
  platform: Platform,
  thread: Thread,
  by: { readonly agent: User; readonly to: User; readonly isAccepted: boolean },
): void {
  const { agent, to, isAccepted } = by;
  const [task] = openTasks(platform, thread.id);
  if (!task) throw new ApiError(422, 'validation_error', 'No task is open on this thread');
  Object.assign(task, { agent_ids: [to.id], queue: `workbin_${to.id}` });
  emitTask(platform, 'task.transferred', task, { userId: agent.id });
  emitTask(platform, 'task.assigned', task);
  if (!isAccepted) return;
  emitTask(platform, 'task.taken', task, { userId: to.id });
  const open = findOpenIntervention(platform, thread.id);
  if (open) reassignIntervention(platform, open, to.id, to.id);
}

export function agentWritesNatively(platform: Platform, thread: Thread, body: string): Content {
  return importNative(platform, thread, body);
}

export function agentEngages(platform: Platform, thread: Thread, agent: User): void {
  engage(platform, lastContent(platform, thread), agent.id);
}

export function agentCloses(platform: Platform, thread: Thread, agent: User): void {
  const open = findOpenIntervention(platform, thread.id);
  if (!open) throw new ApiError(422, 'validation_error', 'No intervention is open on this thread');
  closeIntervention(platform, open.id, agent.id);
}

export function agentDefers(platform: Platform, thread: Thread, agent: User): void {
  const open = engage(platform, lastContent(platform, thread), agent.id);
  deferIntervention(platform, open, { userId: agent.id, for: deferredFor });
}

/** The content that an agent replies to: the customer's last, or the last of any author. */
export function lastContent(platform: Platform, thread: Thread): Content {
  const said = Object.values(platform.state.contents).filter((one) => one.thread_id === thread.id);
  const last = lastCustomerContent(platform, thread) ?? said.at(-1);
  if (!last) throw new ApiError(422, 'validation_error', 'The thread is empty');
  return last;
}
