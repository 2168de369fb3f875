/** Publishes search attributes, when they change, and details of a thread to the Temporal UI. */
import { log, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { detailsOf } from '../planning/card.js';
import { listedSpeaker, type Listed } from '../planning/next-speaker.js';
import { searchAttributes } from '../../contract/index.js';
import type { ThreadState } from '../state/state.js';

/** Publishes each change once. */
export class Visibility {
  /** What the server has of `listedSpeaker`; unknown at the start of a run. */
  #listed: { readonly speaker: Listed | undefined } | undefined;

  publish(published: ThreadState | undefined, state: ThreadState): void {
    setCurrentDetails(detailsOf(state));
    logNews(published, state);
    const speaker = listedSpeaker(state, Date.now());
    const isSame = this.#listed !== undefined && isSameSpeaker(this.#listed.speaker, speaker);
    if (published && isSame && isUnchanged(published, state)) return;
    this.#listed = { speaker };
    upsertSearchAttributes([...owner(state), ...waiting(state), ...next(speaker)]);
    if (published && isUnchanged(published, state)) return;
    const {
      threadId,
      ownership: { phase, reason, epoch, episode },
    } = state;
    log.info('phase', { threadId, phase, reason, epoch, episode });
  }
}

function owner({ ownership, settings, report }: ThreadState) {
  return [
    { key: searchAttributes.phase, value: ownership.phase },
    { key: searchAttributes.source, value: settings.name },
    { key: searchAttributes.reason, value: ownership.reason ?? null },
    { key: searchAttributes.attention, value: report.attention.length > 0 },
    { key: searchAttributes.phaseSince, value: new Date(ownership.since) },
  ];
}

function next(speaker: Listed | undefined) {
  const since = speaker?.unansweredSince;
  return [
    { key: searchAttributes.next, value: speaker?.who ?? null },
    {
      key: searchAttributes.unansweredSince,
      value: since === undefined ? null : new Date(since),
    },
  ];
}

function isSameSpeaker(one: Listed | undefined, other: Listed | undefined): boolean {
  return one?.who === other?.who && one?.unansweredSince === other?.unansweredSince;
}

/** Logs, once, each reply that was cut to fit the channel, and the end of an earlier run. */
function logNews(published: ThreadState | undefined, state: ThreadState): void {
  for (const one of state.report.log) {
    if (published?.report.log.includes(one)) continue;
    if (one.code === 'replyCut') {
      log.info('reply cut to fit', { source: state.settings.name, why: one.why });
    }
    if (one.code === 'runEnded') {
      log.error('an earlier run was ended', { threadId: state.threadId, how: one.how });
    }
  }
}

/** Search attributes from which queue positions are estimated. */
function waiting({
  settings,
  ownership: { phase, since: phaseSince },
  human: { waited },
}: ThreadState) {
  if (!settings.queue) return [];
  const since = phase === 'handover' ? new Date(phaseSince) : null;
  const seconds = waited === undefined ? null : Math.round(waited / 1_000);
  return [
    { key: searchAttributes.waitingSince, value: since },
    { key: searchAttributes.waited, value: seconds },
  ];
}

function isUnchanged(published: ThreadState, state: ThreadState): boolean {
  return (
    published.ownership.phase === state.ownership.phase &&
    published.ownership.reason === state.ownership.reason &&
    published.report.attention.length > 0 === state.report.attention.length > 0 &&
    (!state.settings.queue || published.ownership.since === state.ownership.since)
  );
}
