/** A thread's story as data: for the console, the command line and the simulator. Times are ISO 8601. */
import type { Phase } from '../../workflows/contract/index.js';

/** One phase, from its beginning to the next one's. */
export type PhaseEntry = {
  readonly phase: Phase;
  readonly from: string;
  /** Null while it lasts. */
  readonly to: string | null;
  readonly why: string;
};

export type Moment =
  | {
      readonly is: 'content';
      readonly at: string;
      readonly by: 'customer' | 'bot' | 'agent' | 'automatic';
      readonly body: string;
      readonly contentId: string;
      /** Of a customer's content that no reply of the bot followed: why not. */
      readonly why: string | null;
    }
  | {
      readonly is: 'decision';
      readonly at: string;
      readonly what: string;
      readonly why: string;
    };

export type Timeline = {
  /** `{domainId}:{threadId}` */
  readonly id: string;
  readonly now: string;
  /** Why it stands as it stands, and what would change it, in plain words. */
  readonly why: string;
  /** Oldest first; the last one lasts. */
  readonly phases: readonly PhaseEntry[];
  /** Oldest first; the newest of long threads. */
  readonly moments: readonly Moment[];
};
