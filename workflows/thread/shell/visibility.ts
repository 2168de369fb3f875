/** Publishes search attributes, when they change, and details of a thread to the Temporal UI. */
import { log, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { detailsOf } from '../planning/card.js';
import { searchAttributes } from '../../contract/index.js';
import type { ThreadState } from '../state/state.js';

export function publishVisibility(published: ThreadState | undefined, state: ThreadState): void {
  setCurrentDetails(detailsOf(state));
  logCuts(published, state);
  if (published && isUnchanged(published, state)) return;
  upsertSearchAttributes([
    { key: searchAttributes.phase, value: state.ownership.phase },
    { key: searchAttributes.source, value: state.settings.name },
    { key: searchAttributes.reason, value: state.ownership.reason ?? null },
    { key: searchAttributes.attention, value: state.report.attention !== undefined },
    { key: searchAttributes.phaseSince, value: new Date(state.ownership.since) },
    ...waiting(state),
  ]);
  const {
    threadId,
    ownership: { phase, reason, epoch, episode },
  } = state;
  log.info('phase', { threadId, phase, reason, epoch, episode });
}

/** Logs each reply that was cut to fit the channel, once: kind and field only. */
function logCuts(published: ThreadState | undefined, state: ThreadState): void {
  for (const one of state.report.log) {
    if (one.code !== 'replyCut' || published?.report.log.includes(one)) continue;
    log.info('reply cut to fit', { source: state.settings.name, why: one.why });
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
    (published.report.attention === undefined) === (state.report.attention === undefined) &&
    (!state.settings.queue || published.ownership.since === state.ownership.since)
  );
}
