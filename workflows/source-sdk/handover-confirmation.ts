/**
 * Deadline for the confirmation of a handover by the thread. If the platform is down, or accepts
 * everything without effect, the customer would wait without notice. After the deadline the
 * conversation returns to the Source SDK bot with the reason, and attention is raised. A later
 * confirmation is still reported.
 */
import { refuseHandover } from './core.js';
import { raise, type SourceSdkState } from './state.js';

export function confirmAt({
  phase,
  isConfirmed,
  askedAt,
  settings: { confirmWithin },
}: SourceSdkState): number | undefined {
  if (phase !== 'handover' || isConfirmed) return undefined;
  return askedAt === undefined || confirmWithin === undefined ? undefined : askedAt + confirmWithin;
}

/** Called when the conversation's timer has fired. */
export function afterTime(state: SourceSdkState, now: number): SourceSdkState {
  const at = confirmAt(state);
  if (at === undefined || at > now) return state;
  const code = 'handoverUnconfirmed';
  return refuseHandover(raise(state, code), code, now);
}
