/**
 * What a thread tells about itself: the card for operators, a few lines for the Temporal UI. Facts and
 * reasons, never what anybody said.
 */
import type { ControlOwner } from '../transitions/messenger-control.js';
import type { PlaceInQueue, RecordEntry } from '../../../bots/bot.js';
import { commandsIn, type CommandName } from '../transitions/commands.js';
import { deadlines } from './deadlines.js';
import { nextRung } from '../transitions/escalation-timers.js';
import type { Phase } from '../../contract/lifecycle.js';
import type { Attention, Counts, LoggedDecision, ThreadState } from '../state/state.js';
import type { Stretch } from '../../contract/phase-history.js';
import { botOf } from '../transitions/bot-routing.js';

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
  readonly placedWith: 'bot' | 'agent' | undefined;
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
  /** What the deadline `rung` brings. */
  readonly nextRung: { readonly ladder: string; readonly do: string } | undefined;
  readonly decisions: readonly (Omit<LoggedDecision, 'at'> & { readonly at: string })[];
  readonly counts: Counts;
};

function rungOf(state: ThreadState): ThreadCard['nextRung'] {
  const next = nextRung(state);
  return next && { ladder: next.on.ladder, do: next.rung.do };
}

/** What people who may read it see of a conversation. Times as the state has them. */
export type Transcript = {
  readonly card: ThreadCard;
  readonly contents: readonly RecordEntry[];
  readonly phases: readonly Stretch[];
  /** The outside conversation it accompanies, by its id on the channel: the same words are in it. */
  readonly outside?: string;
};

export function transcriptOf(state: ThreadState): Transcript {
  const { record: contents, phases, outside } = state;
  return { card: cardOf(state), contents, phases, ...(outside !== undefined && { outside }) };
}

export function cardOf(state: ThreadState): ThreadCard {
  return {
    domainId: state.domainId,
    threadId: state.threadId,
    source: state.settings.name,
    phase: state.phase,
    reason: state.reason,
    why: state.why,
    since: iso(state.phaseSince),
    epoch: state.epoch,
    episode: state.episode,
    bot: botOf(state).name,
    botPausedUntil: state.pausedUntil === undefined ? undefined : iso(state.pausedUntil),
    placedWith: state.placedWith,
    ...(state.control && { threadControl: state.control.owner }),
    doing: state.work?.do,
    waitingContents: state.waiting.length,
    place: state.phase === 'handover' ? state.queue?.place : undefined,
    deadlines: deadlines(state).map(({ name, at }) => ({ name, at: iso(at) })),
    owed: state.owed.map((one) => ({
      key: one.key,
      do: one.do,
      state: one.do === 'reply' ? one.state : 'owed',
    })),
    sent: state.sent.map(({ contentId, delivery }) => ({ contentId, delivery })),
    attention: state.attention && { code: state.attention.code, since: iso(state.attention.since) },
    commands: commandsIn(state),
    policies: state.settings.policies,
    nextRung: rungOf(state),
    decisions: state.log.map((one) => ({ ...one, at: iso(one.at) })),
    counts: state.counts,
  };
}

const owners: Record<Phase, string> = {
  bot: 'the bot',
  handover: 'nobody yet: waiting for a human',
  agent: 'a human',
  closed: 'nobody: closed',
};

/** Current details in the Temporal UI, as Markdown. */
export function detailsOf(state: ThreadState): string {
  const [next] = deadlines(state);
  const lines = [
    `**${state.phase}** since ${iso(state.phaseSince)}`,
    `Owner: ${owners[state.phase]}`,
    `Why: ${state.why}`,
    next ? `Next deadline: ${next.name} at ${iso(next.at)}` : 'No deadline',
  ];
  if (state.attention) lines.push(`**Attention**: ${state.attention.code}`);
  return lines.map((line) => `- ${line}`).join('\n');
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
