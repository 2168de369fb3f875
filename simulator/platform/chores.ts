/** Runs the deferred actions of the platform. */
import type { Chore } from '../state.js';
import { exportContent } from './contents.js';
import { reactivate } from './interventions.js';
import type { Platform } from './platform.js';
import { lockForgotten, setLock } from './threads.js';

export function nextChore({ state }: Platform): number | undefined {
  let next: number | undefined;
  for (const { due } of state.chores) if (next === undefined || due < next) next = due;
  return next;
}

export function runChores(platform: Platform, now: number): void {
  const { state } = platform;
  const due = state.chores.filter((chore) => chore.due <= now).sort((a, b) => a.due - b.due);
  state.chores = state.chores.filter((chore) => chore.due > now);
  for (const chore of due) run(platform, chore);
}

function run(platform: Platform, chore: Chore): void {
  switch (chore.do) {
    case 'export':
      if (platform.exportByChannel(chore.content_id, chore.attempt ?? 1)) return;
      exportContent(platform, chore.content_id, { attempt: chore.attempt ?? 1 });
      return;
    case 'reactivate':
      reactivate(platform, chore.intervention_id);
      return;
    case 'lockForgotten':
    case 'lockThread':
    case 'openThread': {
      const thread = platform.state.threads[chore.thread_id];
      if (!thread) return;
      if (chore.do === 'lockForgotten') lockForgotten(platform, thread);
      else setLock(platform, thread, chore.do === 'lockThread', chore.user_id);
    }
  }
}
