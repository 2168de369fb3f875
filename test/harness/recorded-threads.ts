/** The ingress's port to threads, without Temporal: keeps what it was handed, fails when told to. */
import type { ThreadEvents, Threads } from '../../temporal/threads.js';

export class RecordedThreads implements Threads {
  readonly accepted: ThreadEvents[] = [];
  /** Threads whose events are not accepted. */
  readonly unreachable = new Set<string>();
  blockedBy: readonly string[] = [];

  accept(events: ThreadEvents): Promise<'accepted'> {
    if (this.unreachable.has(events.threadId)) return Promise.reject(new Error('away'));
    this.accepted.push(events);
    return Promise.resolve('accepted');
  }

  obstacles(): Promise<readonly string[]> {
    return Promise.resolve(this.blockedBy);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
