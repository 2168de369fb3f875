/**
 * How a bot does: its last answers and failures, and a breaker that keeps turns from a bot that is out of
 * order. Pure: what happened and when in, the next state out. Closed: it is asked. Open: it is not, for
 * a while. Half open: one turn tries it; that it answers closes the breaker, that it fails opens it.
 */

/** Milliseconds, and defaults of `settings/breaker.ts`. */
export type BreakerSettings = {
  /** Opens after so many failures … */
  readonly failures: number;
  /** … within this time, */
  readonly within: number;
  /** or when of the last questions … */
  readonly last: number;
  /** … more than this share failed, however long that took. */
  readonly share: number;
  readonly tryAgainAfter: number;
  /** Latency is reckoned from so many last answers. */
  readonly latencyOf: number;
};

export type Breaker = 'closed' | 'open' | 'halfOpen';

export type BotHealth = {
  readonly breaker: Breaker;
  /** When it opened, or when the try under way began. Unix milliseconds. */
  readonly since: number;
  /** What became of the last questions, oldest first. */
  readonly outcomes: readonly { readonly at: number; readonly isFailure: boolean }[];
  /** Of the last answers, in milliseconds. */
  readonly took: readonly number[];
  /** Since the process began. */
  readonly errors: number;
  readonly answers: number;
};

export const newHealth: BotHealth = {
  ...{ breaker: 'closed', since: 0, outcomes: [], took: [], errors: 0, answers: 0 },
};

/** Whether a question may go to the bot, and if so whether it is the one that tries it. */
export type Admission = { readonly may: boolean; readonly isTry: boolean };

export function admit(
  health: BotHealth,
  { tryAgainAfter }: BreakerSettings,
  now: number,
): { readonly health: BotHealth; readonly admission: Admission } {
  if (health.breaker === 'closed') return { health, admission: { may: true, isTry: false } };
  // A try that never ended keeps nobody out for ever.
  if (now - health.since < tryAgainAfter)
    return { health, admission: { may: false, isTry: false } };
  const trying: BotHealth = { ...health, breaker: 'halfOpen', since: now };
  return { health: trying, admission: { may: true, isTry: true } };
}

/** `withdrawn`: nobody wanted the answer any more, which says nothing about the bot. */
export type Outcome = 'answered' | 'failed' | 'withdrawn';

export function ended(
  health: BotHealth,
  settings: BreakerSettings,
  what: {
    readonly outcome: Outcome;
    readonly took: number;
    readonly isTry: boolean;
    readonly now: number;
  },
): BotHealth {
  const { outcome, isTry, now } = what;
  if (outcome === 'withdrawn') {
    // Nothing is known yet: the next turn may try at once.
    return isTry ? { ...health, breaker: 'open', since: now - settings.tryAgainAfter } : health;
  }
  const counted = count(health, settings, { ...what, isFailure: outcome === 'failed' });
  if (isTry) {
    return outcome === 'failed'
      ? { ...counted, breaker: 'open', since: now }
      : { ...counted, breaker: 'closed', since: now, outcomes: [] };
  }
  const opens = counted.breaker === 'closed' && isOutOfOrder(counted, settings, now);
  return opens ? { ...counted, breaker: 'open', since: now } : counted;
}

function count(
  health: BotHealth,
  { failures, last, latencyOf }: BreakerSettings,
  { isFailure, took, now }: { isFailure: boolean; took: number; now: number },
): BotHealth {
  const outcomes = [...health.outcomes, { at: now, isFailure }].slice(
    -Math.max(last, failures * 10),
  );
  if (isFailure) return { ...health, outcomes, errors: health.errors + 1 };
  const answers = health.answers + 1;
  return { ...health, outcomes, answers, took: [...health.took, took].slice(-latencyOf) };
}

function isOutOfOrder(
  { outcomes }: BotHealth,
  { failures, within, last, share }: BreakerSettings,
  now: number,
): boolean {
  const recent = outcomes.filter(({ at, isFailure }) => isFailure && now - at < within);
  if (recent.length >= failures) return true;
  const newest = outcomes.slice(-last);
  const failed = newest.filter(({ isFailure }) => isFailure);
  return newest.length >= last && failed.length / newest.length > share;
}

/** What an operator sees of it. */
export type BotStatus = {
  readonly state: Breaker;
  readonly errors: number;
  readonly answers: number;
  /** Milliseconds; absent before the first answer. */
  readonly p50?: number;
  readonly p95?: number;
};

export function statusOf({ breaker: state, errors, answers, took }: BotHealth): BotStatus {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1];
  const [p50, p95] = [at(0.5), at(0.95)];
  return { state, errors, answers, ...(p50 !== undefined && p95 !== undefined && { p50, p95 }) };
}
