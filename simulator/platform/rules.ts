/**
 * Changes by an administrator: the emergency rule, which moves the bot's threads to the agents, and the default
 * categories of new threads. No webhook reports either.
 *
 * The rule acts on all threads when it is switched on, and from then on whenever a content is imported, before the
 * content's event: a thread that somebody returns to the bot stays there only until the customer writes.
 */
import { categories } from '../seed.js';
import type { Thread } from '../state.js';
import type { Platform } from './platform.js';
import { categorise } from './threads.js';

export function setEmergencyRule(platform: Platform, on: boolean): void {
  const { state } = platform;
  state.emergency_rule = on;
  for (const thread of Object.values(state.threads)) {
    if (!thread.closed) applyEmergencyRule(platform, thread);
  }
}

/** Moves the thread if the rule is on and the thread is the bot's. */
export function applyEmergencyRule(platform: Platform, thread: Thread): void {
  if (!platform.state.emergency_rule) return;
  if (!thread.thread_category_ids.includes(categories.bot)) return;
  const rest = thread.thread_category_ids.filter((id) => id !== categories.bot);
  categorise(platform, thread, [...rest, categories.agent]);
}

export function setDefaultCategories(
  platform: Platform,
  sourceIds: readonly string[],
  categoryIds: readonly string[],
): void {
  for (const id of sourceIds) {
    const source = platform.state.sources[id];
    if (source) source.default_category_ids = [...categoryIds];
  }
}
