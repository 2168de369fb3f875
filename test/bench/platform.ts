/** The platform a bench plays on, in a process of its own: its doors, and what it was called for. */
import { EventEmitter, once } from 'node:events';
import { connectControl, type SimulatorControl } from '../../simulator/control-client.js';
import type { Stage } from './bench.js';
import { openChild } from '../harness/child.js';
import type { Answered, Delivered, FromPlatform, ToPlatform } from './platform-process.js';

export type Platform = {
  readonly url: string;
  readonly pid: number;
  readonly control: SimulatorControl;
  /** How many calls it has answered. */
  calls(): number;
  /** Resolves when so many replies in all were posted to this thread. */
  untilPosted(threadId: string, count: number): Promise<void>;
  /** When replies were posted to this thread, Unix milliseconds. */
  postedAt(threadId: string): readonly number[];
  /** Told of each call it answers, and of each delivery that it was answered. */
  onAnswered(handleEvent: (what: Answered) => void): void;
  onDelivered(handleEvent: (what: Delivered) => void): void;
};

export async function openPlatform(stage: Stage, options: ToPlatform): Promise<Platform> {
  const child = openChild<ToPlatform, FromPlatform>(stage, {
    file: 'test/bench/platform-process.ts',
  });
  const posted = new Map<string, number[]>();
  const news = new EventEmitter().setMaxListeners(0);
  const heard = new EventEmitter();
  let calls = 0;
  child.onMessage((told) => {
    if (told.is === 'ready') return;
    heard.emit(told.is, told);
    if (told.is === 'delivered') return;
    calls += 1;
    if (told.postedTo === undefined) return;
    posted.set(told.postedTo, [...(posted.get(told.postedTo) ?? []), told.at]);
    news.emit(`posted to ${told.postedTo}`);
  });
  const first = await child.ask(options);
  if (first.is !== 'ready') throw new Error('the platform was called before it was there');
  const postedAt = (threadId: string) => posted.get(threadId) ?? [];
  return {
    url: first.url,
    pid: child.pid,
    control: connectControl(first.url),
    calls: () => calls,
    async untilPosted(threadId, count) {
      while (postedAt(threadId).length < count) await once(news, `posted to ${threadId}`);
    },
    postedAt,
    onAnswered: (handleEvent) => void heard.on('answered', handleEvent),
    onDelivered: (handleEvent) => void heard.on('delivered', handleEvent),
  };
}
