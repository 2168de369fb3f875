/**
 * A handover must be confirmed in time: the thread says that humans have been asked. Where the platform
 * is away, or takes everything and nothing comes of it, nobody would ever be told; so the conversation
 * goes back to the Source SDK bot, which hears why, and a person is called. What gets through after all is
 * told as it comes.
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

/** The timer of the conversation has rung. */
export function afterTime(state: SourceSdkState, now: number): SourceSdkState {
  const at = confirmAt(state);
  if (at === undefined || at > now) return state;
  const code = 'handoverUnconfirmed';
  return refuseHandover(raise(state, code), code, now);
}
