/**
 * Changes by an administrator: the emergency rule, which moves bot threads to the agents, and the default
 * categories of new threads. No webhook reports either.
 */
import { categories } from '../seed.js';
import type { Platform } from './platform.js';
import { categorise } from './threads.js';

export function setEmergencyRule(platform: Platform, on: boolean): void {
  const { state } = platform;
  if (on === (state.emergency_rule !== null)) return;
  const sources = Object.values(state.sources);
  if (!on) {
    const before = state.emergency_rule ?? {};
    for (const source of sources) source.default_category_ids = before[source.id] ?? [];
    state.emergency_rule = null;
    return;
  }
  const born = sources.map((source) => [source.id, source.default_category_ids]);
  state.emergency_rule = Object.fromEntries(born) as Record<string, string[]>;
  for (const source of sources) source.default_category_ids = [categories.agent];
  moveBotThreads(platform);
}

function moveBotThreads(platform: Platform): void {
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
