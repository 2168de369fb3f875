/** Creates the platform of a running simulator: ids, strictly increasing time, journal, webhook sender. */
import type { Clock } from '../clock.js';
import type { PlatformEvent, State } from '../state.js';
import { iso, type Platform } from './platform.js';

export type PlatformOptions = {
  readonly state: State;
  readonly clock: Clock;
  readonly exportDelay: number;
  readonly exportFails: Platform['exportFails'];
  readonly exportByChannel: Platform['exportByChannel'];
  readonly send: (event: PlatformEvent) => void;
  readonly notifyApp: Platform['notifyApp'];
};

export function createPlatform(options: PlatformOptions): Platform {
  const { state, clock, exportDelay, exportFails, exportByChannel, notifyApp, send } = options;
  const now = createNow(clock);
  const id = () => nextId(state, clock.now());
  const journal: Platform['journal'] = (name, { userId, infos = {} }) => {
    const created_at = iso(clock.now());
    state.journal.push({ id: id(), name, user_id: userId ?? null, created_at, extra_infos: infos });
  };
  return {
    state,
    now,
    id,
    exportDelay,
    exportFails,
    exportByChannel,
    notifyApp,
    journal,
    emit(happened) {
      const event: PlatformEvent = { ...happened, id: id(), issued_at: iso(now()) };
      const by = event.user_id === undefined ? {} : { userId: event.user_id };
      journal(event.type, { ...by, infos: infosOf(event) });
      send(event);
      return event;
    },
    later(chore) {
      state.chores.push(chore);
      clock.wake();
    },
  };
}

/** Strictly increasing, because `issued_at` orders events. */
function createNow(clock: Clock): () => number {
  let last = 0;
  return () => {
    last = Math.max(clock.now(), last + 1);
    return last;
  };
}

function nextId(state: State, now: number): string {
  state.sequence += 1;
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  return `${seconds}${state.sequence.toString(16).padStart(16, '0')}`;
}

function infosOf({ resource }: PlatformEvent): Record<string, string> {
  const names = { thread_id: 'content_thread_id', source_id: 'content_source_id' } as const;
  const infos: Record<string, string> = {};
  for (const [name, as] of Object.entries(names)) {
    const value = resource.metadata[name];
    if (typeof value === 'string') infos[as] = value;
  }
  if (resource.type === 'intervention') infos['intervention_id'] = resource.id;
  else if (resource.type === 'task') infos['task_id'] = resource.id;
  else infos['content_id'] = resource.id;
  return infos;
}
