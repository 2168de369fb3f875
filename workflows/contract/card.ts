/** The card of a thread, for operators, and its transcript, for people with access to customer text. */
import type { Phase } from './lifecycle.js';
import type { ControlOwner } from './thread-control.js';
import type { QueuePosition, RecordEntry } from '../../bots/bot.js';
import type { Attention } from './attention.js';
import type { CommandName } from './commands.js';
import type { LoggedDecision } from './logged-decision.js';
import type { Counts } from './counts.js';
import type { NextSpeaker } from './next-speaker.js';
import type { PhaseEntry } from './phase-history.js';

export type ThreadCard = {
  readonly domainId: string;
  readonly threadId: string;
  readonly source: string;
  readonly phase: Phase;
  readonly reason: string | undefined;
  readonly why: string;
  /** ISO 8601, like all times on the card. */
  readonly since: string;
  /** Who must speak next; `undefined` for a closed thread without attention. */
  readonly next: NextSpeaker<string> | undefined;
  readonly epoch: number;
  readonly episode: number;
  readonly bot: string;
  readonly botPausedUntil: string | undefined;
  readonly assignedCategory: 'bot' | 'agent' | undefined;
  /** The app that has Messenger's thread control, on sources that have it. */
  readonly threadControl?: ControlOwner;
  readonly doing: string | undefined;
  readonly waitingContents: number;
  /** Position in the queue while the customer waits for a human, if it is known. */
  readonly queuePosition: QueuePosition | undefined;
  readonly deadlines: readonly { readonly name: string; readonly at: string }[];
  readonly outbox: readonly { readonly key: string; readonly do: string; readonly state: string }[];
  readonly sent: readonly { readonly contentId: string; readonly delivery: string }[];
  /** Reasons why a person should look at the thread, oldest first. */
  readonly attention: readonly { readonly code: Attention['code']; readonly since: string }[];
  /** Commands that are legal in the present phase. */
  readonly commands: readonly CommandName[];
  /** Names of the policies in order; the first that decides wins. */
  readonly policies: readonly string[];
  /** What the next escalation step will do. */
  readonly nextEscalationStep: { readonly escalation: string; readonly do: string } | undefined;
  readonly decisions: readonly LoggedDecision<string>[];
  readonly counts: Counts;
};

/** Transcript of a conversation, including customer text. Times are Unix milliseconds. */
export type Transcript = {
  readonly card: ThreadCard;
  readonly contents: readonly RecordEntry[];
  readonly phases: readonly PhaseEntry[];
  /**
   * Channel id of the Source SDK conversation that this thread accompanies; both have the same
   * messages.
   */
  readonly sourceSdk?: string;
};
