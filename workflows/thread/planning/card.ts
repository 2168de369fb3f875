/** Builds the card and the transcript of a thread from its state. Pure. */
import { commandsIn } from '../transitions/commands.js';
import { deadlines } from './deadlines.js';
import { nextEscalationStep } from '../transitions/escalation-timers.js';
import type { Phase } from '../../contract/lifecycle.js';
import { nextSpeaker } from './next-speaker.js';
import type { ThreadState } from '../state/state.js';
import { botOf } from '../transitions/bot-routing.js';
import type { ThreadCard, Transcript } from '../../contract/card.js';

function escalationStepOf(state: ThreadState): ThreadCard['nextEscalationStep'] {
  const next = nextEscalationStep(state);
  return next && { escalation: next.on.escalation, do: next.escalationStep.do };
}

export function describeTranscript(state: ThreadState): Transcript {
  const {
    conversation: { record: contents },
    ownership: { history: phases },
    routing: { sourceSdkConversation: sourceSdk },
  } = state;
  return {
    card: describeThread(state),
    contents,
    phases,
    ...(sourceSdk !== undefined && { sourceSdk }),
  };
}

export function describeThread(state: ThreadState): ThreadCard {
  return {
    domainId: state.domainId,
    threadId: state.threadId,
    source: state.settings.name,
    phase: state.ownership.phase,
    reason: state.ownership.reason,
    why: state.ownership.why,
    since: iso(state.ownership.since),
    next: nextOf(state),
    epoch: state.ownership.epoch,
    episode: state.ownership.episode,
    bot: botOf(state).name,
    botPausedUntil:
      state.ownership.pausedUntil === undefined ? undefined : iso(state.ownership.pausedUntil),
    assignedCategory: state.routing.assignedCategory,
    ...(state.routing.messengerControl && { threadControl: state.routing.messengerControl.owner }),
    doing: state.outbox.inFlight?.do,
    waitingContents: state.conversation.waiting.length,
    queuePosition: state.ownership.phase === 'handover' ? state.human.queue?.current : undefined,
    deadlines: deadlines(state).map(({ name, at }) => ({ name, at: iso(at) })),
    outbox: state.outbox.items.map((one) => ({
      key: one.key,
      do: one.do,
      state: one.do === 'reply' ? one.state : 'pending',
    })),
    sent: state.outbox.sent.map(({ contentId, delivery }) => ({ contentId, delivery })),
    attention: state.report.attention.map(({ code, since }) => ({ code, since: iso(since) })),
    commands: commandsIn(state),
    policies: state.settings.policies,
    nextEscalationStep: escalationStepOf(state),
    decisions: state.report.log.map((one) => ({ ...one, at: iso(one.at) })),
    counts: state.report.counts,
  };
}

function nextOf(state: ThreadState): ThreadCard['next'] {
  const next = nextSpeaker(state);
  if (!next) return undefined;
  const { since, then, ...rest } = next;
  const at = then.at === undefined ? {} : { at: iso(then.at) };
  return { ...rest, since: iso(since), then: { what: then.what, ...at } };
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
    `**${state.ownership.phase}** since ${iso(state.ownership.since)}`,
    `Owner: ${owners[state.ownership.phase]}`,
    `Why: ${state.ownership.why}`,
    ...nextInDetails(state),
    next ? `Next deadline: ${next.name} at ${iso(next.at)}` : 'No deadline',
  ];
  const codes = state.report.attention.map(({ code }) => code);
  if (codes.length > 0) lines.push(`**Attention**: ${codes.join(', ')}`);
  return lines.map((line) => `- ${line}`).join('\n');
}

function nextInDetails(state: ThreadState): readonly string[] {
  const next = nextOf(state);
  if (!next) return [];
  const { who, since, unanswered, then } = next;
  const when = then.at === undefined ? '' : ` at ${then.at}`;
  return [
    `Speaks next: ${who}, since ${since}, ${unanswered} unanswered; otherwise ${then.what}${when}`,
  ];
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
