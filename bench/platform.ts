/** The platform a bench plays on, in a process of its own: its doors, and what it was called for. */
import { EventEmitter, once } from 'node:events';
import { openDoors, type Doors } from '../simulator/door-client.js';
import type { Stage } from './bench.js';
import { openChild } from './child.js';
import type { FromPlatform, ToPlatform } from './platform-process.js';

export type Platform = {
  readonly url: string;
  readonly doors: Doors;
  /** How many calls it has answered. */
  calls(): number;
  /** Resolves when so many replies in all were posted to this thread. */
  untilPosted(threadId: string, count: number): Promise<void>;
};

export async function openPlatform(stage: Stage, options: ToPlatform): Promise<Platform> {
  const child = openChild<ToPlatform, FromPlatform>(stage, { file: 'platform-process.ts' });
  const posted = new Map<string, number>();
  const news = new EventEmitter();
  let calls = 0;
  child.onTold((told) => {
    if (told.is === 'ready') return;
    calls += 1;
    if (told.postedTo === undefined) return;
    posted.set(told.postedTo, (posted.get(told.postedTo) ?? 0) + 1);
    news.emit(told.postedTo);
  });
  const first = await child.ask(options);
  if (first.is !== 'ready') throw new Error('the platform was called before it was there');
  return {
    url: first.url,
    doors: openDoors(first.url),
    calls: () => calls,
    async untilPosted(threadId, count) {
      while ((posted.get(threadId) ?? 0) < count) await once(news, threadId);
    },
  };
}
