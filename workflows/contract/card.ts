/** What a thread tells about itself: the card for operators, and the transcript for those who may read it. */
import type { Phase } from './lifecycle.js';
import type { ControlOwner } from './thread-control.js';
import type { PlaceInQueue, RecordEntry } from '../../bots/bot.js';
import type { Attention } from './attention.js';
import type { CommandName } from './commands.js';
import type { LoggedDecision } from './logged-decision.js';
import type { Counts } from './counts.js';
import type { PhaseEntry } from './phase-history.js';

export type ThreadCard = {
  readonly domainId: string;
  readonly threadId: string;
  readonly source: string;
  readonly phase: Phase;
  readonly reason: string | undefined;
  readonly why: string;
  /** ISO 8601, like every time on the card. */
  readonly since: string;
  readonly epoch: number;
  readonly episode: number;
  readonly bot: string;
  readonly botPausedUntil: string | undefined;
  readonly assignedCategory: 'bot' | 'agent' | undefined;
  /** Who has Messenger's thread control, on sources that have it. */
  readonly threadControl?: ControlOwner;
  readonly doing: string | undefined;
  readonly waitingContents: number;
  /** While a human is waited for, as far as it is known. */
  readonly place: PlaceInQueue | undefined;
  readonly deadlines: readonly { readonly name: string; readonly at: string }[];
  readonly owed: readonly { readonly key: string; readonly do: string; readonly state: string }[];
  readonly sent: readonly { readonly contentId: string; readonly delivery: string }[];
  readonly attention: { readonly code: Attention['code']; readonly since: string } | undefined;
  /** What an operator may ask for now. */
  readonly commands: readonly CommandName[];
  /** By name, in order: the first that decides wins. */
  readonly policies: readonly string[];
  /** What the deadline `step` brings. */
  readonly nextEscalationStep: { readonly escalation: string; readonly do: string } | undefined;
  readonly decisions: readonly (Omit<LoggedDecision, 'at'> & { readonly at: string })[];
  readonly counts: Counts;
};

/** What people who may read it see of a conversation. Times as the state has them. */
export type Transcript = {
  readonly card: ThreadCard;
  readonly contents: readonly RecordEntry[];
  readonly phases: readonly PhaseEntry[];
  /** The Source SDK conversation it accompanies, by its id on the channel: the same words are in it. */
  readonly sourceSdk?: string;
};
