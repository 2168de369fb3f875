/** Actions of an agent, in Engage or in the channel's own app. */
import type { Content, Thread, User } from '../state.js';
import { createReply, importNative } from './contents.js';
import { closeIntervention, deferIntervention, engage } from './interventions.js';
import { Refusal, type Platform } from './platform.js';
import { lastCustomerContent, findOpenIntervention } from './tasks.js';

const deferredFor = 60 * 60 * 1000;

export function agentReplies(
  platform: Platform,
  thread: Thread,
  agent: User,
  body: string,
): Content {
  if (thread.closed) {
    throw new Refusal(403, 'cant_reply_to_closed_thread', 'The thread is closed');
  }
  const to = lastContent(platform, thread);
  engage(platform, to, agent.id);
  return createReply(platform, to, agent, { body, private: true });
}

export function agentWritesNatively(platform: Platform, thread: Thread, body: string): Content {
  return importNative(platform, thread, body);
}

export function agentEngages(platform: Platform, thread: Thread, agent: User): void {
  engage(platform, lastContent(platform, thread), agent.id);
}

export function agentCloses(platform: Platform, thread: Thread, agent: User): void {
  const open = findOpenIntervention(platform, thread.id);
  if (!open) throw new Refusal(422, 'validation_error', 'No intervention is open on this thread');
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
  if (!last) throw new Refusal(422, 'validation_error', 'The thread is empty');
  return last;
}
