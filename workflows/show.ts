/** What the Temporal UI and its searches see of a thread: attributes when they change, details always. */
import { log, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { detailsOf } from './card.js';
import { searchAttributes } from './contract.js';
import type { ThreadState } from './state.js';

export function show(shown: ThreadState | undefined, state: ThreadState): void {
  setCurrentDetails(detailsOf(state));
  if (shown && isShownAs(shown, state)) return;
  upsertSearchAttributes([
    { key: searchAttributes.phase, value: state.phase },
    { key: searchAttributes.source, value: state.settings.name },
    { key: searchAttributes.reason, value: state.reason ?? null },
    { key: searchAttributes.attention, value: state.attention !== undefined },
  ]);
  const { phase, reason, epoch, episode } = state;
  log.info('phase', { phase, reason, epoch, episode });
}

function isShownAs(shown: ThreadState, state: ThreadState): boolean {
  return (
    shown.phase === state.phase &&
    shown.reason === state.reason &&
    (shown.attention === undefined) === (state.attention === undefined)
  );
}
