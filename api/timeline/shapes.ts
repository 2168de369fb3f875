/** A thread's timeline as data, for console, command line and simulator. Times are ISO 8601. */
import type { DecisionCode, Phase } from '../../workflows/contract/index.js';

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
      /** For a customer's content without a reply of the bot: the reason. */
      readonly why: string | null;
    }
  | {
      readonly is: 'decision';
      readonly at: string;
      readonly code: DecisionCode;
      /** In plain words, like `why`, which may be empty. */
      readonly what: string;
      readonly why: string;
    };

export type Timeline = {
  /** `{domainId}:{threadId}` */
  readonly id: string;
  readonly now: string;
  /** Why the thread is in this state, and what would change it, in plain words. */
  readonly why: string;
  /** Oldest first; the last one is the current phase. */
  readonly phases: readonly PhaseEntry[];
  /** Oldest first; of a long thread the newest ones only. */
  readonly moments: readonly Moment[];
};
