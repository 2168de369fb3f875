/**
 * The simulator as a process, for benches: its CPU is not counted as Baton's. What it does is reported here: calls that
 * it answered, replies that were posted, and deliveries of its own.
 */
import { EventEmitter, once } from 'node:events';
import { connectControl, type SimulatorControl } from '../../simulator/control-client.js';
import { openChild } from './child.js';
import type { Answered, Delivered, FromPlatform, ToPlatform } from './platform-child.js';
import type { Cleanup } from './program.js';

export type PlatformProcess = {
  readonly url: string;
  readonly pid: number;
  readonly control: SimulatorControl;
  /** Number of calls that it has answered. */
  calls(): number;
  /** Resolves when this number of replies was posted to the thread. */
  untilPosted(threadId: string, count: number): Promise<void>;
  /** Times of the replies that were posted to the thread, Unix milliseconds. */
  postedAt(threadId: string): readonly number[];
  onAnswered(handle: (call: Answered) => void): void;
  onDelivered(handle: (delivery: Delivered) => void): void;
};

export async function openPlatformProcess(
  cleanup: Cleanup,
  options: ToPlatform = {},
): Promise<PlatformProcess> {
  const file = 'test/harness/platform-child.ts';
  const child = openChild<ToPlatform, FromPlatform>(cleanup, { file });
  const posted = new Map<string, number[]>();
  const reports = new EventEmitter().setMaxListeners(0);
  let calls = 0;
  child.onMessage((report) => {
    if (report.is === 'ready') return;
    reports.emit(report.is, report);
    if (report.is === 'delivered') return;
    calls += 1;
    if (report.postedTo === undefined) return;
    posted.set(report.postedTo, [...(posted.get(report.postedTo) ?? []), report.at]);
    reports.emit(`posted to ${report.postedTo}`);
  });
  const first = await child.ask(options);
  if (first.is !== 'ready') throw new Error('the platform was called before it was ready');
  const postedAt = (threadId: string) => posted.get(threadId) ?? [];
  return {
    url: first.url,
    pid: child.pid,
    control: connectControl(first.url),
    calls: () => calls,
    async untilPosted(threadId, count) {
      while (postedAt(threadId).length < count) await once(reports, `posted to ${threadId}`);
    },
    postedAt,
    onAnswered: (handle) => void reports.on('answered', handle),
    onDelivered: (handle) => void reports.on('delivered', handle),
  };
}
