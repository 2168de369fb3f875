/**
 * What an administrator changes outside any engine: the emergency rule, which moves bot threads to
 * the agents, and the categories new threads are born with. No webhook tells of either.
 */
import { categories } from '../seed.js';
import type { Platform } from './platform.js';
import { categorise } from './threads.js';

export function setEmergencyRule(platform: Platform, on: boolean): void {
  platform.state.emergency_rule = on;
  const born = on ? [categories.agent] : [categories.bot];
  for (const source of Object.values(platform.state.sources)) source.default_category_ids = born;
  if (!on) return;
  for (const thread of Object.values(platform.state.threads)) {
    if (thread.closed || !thread.thread_category_ids.includes(categories.bot)) continue;
    const rest = thread.thread_category_ids.filter((id) => id !== categories.bot);
    categorise(platform, thread, [...rest, categories.agent]);
  }
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
