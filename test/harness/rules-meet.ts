/** Settings and readings of a played core, for tests of rules that meet. */
import { PlayedRun, type Around } from './played-core.js';
import { customerWrote, ourEcho } from './facts.js';
import { nextSpeaker } from '../../workflows/thread/planning/next-speaker.js';
import type { SourceSettings } from '../../workflows/contract/source-settings.js';
import { testSettings } from './thread-settings.js';

export const minute = 60_000;
export const hour = 60 * minute;
export const op = { by: 'op', why: 'x' };
export const codes = (run: PlayedRun) => run.state.report.attention.map(({ code }) => code);
export const logged = (run: PlayedRun, code: string) =>
  run.state.report.log.filter((one) => one.code === code);
export const open = (run: PlayedRun) =>
  run.state.conversation.unanswered.map(({ content }) => content.body);
export const who = (run: PlayedRun) => {
  const n = nextSpeaker(run.state);
  return n && `${n.who}/${n.then.what}`;
};
export const phase = (run: PlayedRun) => run.state.ownership.phase;

let n = 0;
export function by(run: PlayedRun, author: string, body: string, isPrivate = false) {
  n += 1;
  const event = customerWrote({ id: `m${n}`, at: run.at, body });
  run.handleEvent({ ...event, content: { ...event.content, authorId: author, isPrivate } });
}
export const steps: SourceSettings['escalations'] = {
  nobodyComes: [{ after: 5 * minute, do: 'remind' }],
  agentSilent: [{ after: 5 * minute, do: 'remind' }],
};
export const closedRule = (text?: string): Partial<SourceSettings> => ({
  policies: [
    ...testSettings.policies,
    'check-business-hours',
    'check-agent-availability',
    'escalate-when-nobody-comes',
    'escalate-when-agent-silent',
  ],
  availability: {
    whenClosed: { do: 'stayWithBot', ...(text && { say: text }) },
    whenNobodyIsThere: { do: 'stayWithBot' },
  },
  escalations: steps,
});
export const esc: Partial<SourceSettings> = {
  policies: [...testSettings.policies, 'escalate-when-nobody-comes', 'escalate-when-agent-silent'],
  escalations: steps,
};
export const shut = { isOpen: false, opens: '9:00', agents: 'unknown' } as const;
export const down = { is: 'notSent', code: 'down', retryAfter: minute } as const;
export const make = (s: Partial<SourceSettings> = {}, a: Around = {}) => new PlayedRun(s, a);

/** The channel reports what became of a reply of the bot; by default the first. */
export function reportDelivery(run: PlayedRun, status: 'success' | 'export_failure', index = 0) {
  const { contentId = '' } = run.state.outbox.sent[index] ?? {};
  n += 1;
  const { content, ...echo } = ourEcho({ id: `export-${n}`, at: run.at }, 'content-1');
  const outcome = { ...content, id: contentId, synchronizationStatus: status };
  run.handleEvent({ ...echo, type: 'content.exported', content: outcome });
}
export const reportUndelivered = (run: PlayedRun, index = 0) =>
  reportDelivery(run, 'export_failure', index);
