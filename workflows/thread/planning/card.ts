import { commandsIn } from '../transitions/commands.js';
import { deadlines } from './deadlines.js';
import { nextRung } from '../transitions/escalation-timers.js';
import type { Phase } from '../../contract/lifecycle.js';
import type { Attention, ThreadState } from '../state/state.js';
import { botOf } from '../transitions/bot-routing.js';
import type { ThreadCard, Transcript } from '../../contract/card.js';

function rungOf(state: ThreadState): ThreadCard['nextRung'] {
  const next = nextRung(state);
  return next && { ladder: next.on.ladder, do: next.rung.do };
}

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
