/**
 * Health of a bot: its recent answers and failures, and a circuit breaker that stops sending turns to a
 * failing bot. Pure: event and time in, next state out. Closed: turns go to the bot. Open: they do not,
 * for a while. Half open: one turn tries the bot; its success closes the breaker, its failure opens it
 * again.
 */

/** Times in milliseconds; `settings/breaker.ts` has the defaults. */
export type BreakerSettings = {
  /** Opens after this number of failures … */
  readonly failures: number;
  /** … within this time, */
  readonly within: number;
  /** or when, of this number of last questions, … */
  readonly last: number;
  /** … more than this share failed, over whatever time. */
  readonly share: number;
  readonly tryAgainAfter: number;
  /** Number of last answers from which latency is computed. */
  readonly latencyOf: number;
};

export type Breaker = 'closed' | 'open' | 'halfOpen';

export type BotHealth = {
  readonly breaker: Breaker;
  /** When it opened, or when the current trial began. Unix milliseconds. */
  readonly since: number;
  /** Outcomes of the last questions, oldest first. */
  readonly outcomes: readonly { readonly at: number; readonly isFailure: boolean }[];
  /** Durations of the last answers, in milliseconds. */
  readonly took: readonly number[];
  /** Since the process started. */
  readonly errors: number;
  readonly answers: number;
};

export const newHealth: BotHealth = {
  ...{ breaker: 'closed', since: 0, outcomes: [], took: [], errors: 0, answers: 0 },
};

/** Whether a question may go to the bot, and whether it is the trial. */
export type Admission = { readonly may: boolean; readonly isTry: boolean };

export function admit(
  health: BotHealth,
  { tryAgainAfter }: BreakerSettings,
  now: number,
): { readonly health: BotHealth; readonly admission: Admission } {
  if (health.breaker === 'closed') return { health, admission: { may: true, isTry: false } };
  // A trial that never ended does not block the bot for ever.
  if (now - health.since < tryAgainAfter)
    return { health, admission: { may: false, isTry: false } };
  const trying: BotHealth = { ...health, breaker: 'halfOpen', since: now };
  return { health: trying, admission: { may: true, isTry: true } };
}

/** `withdrawn`: the question was cancelled, which says nothing about the bot. */
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
    // The trial has no result: the next turn may try at once.
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

/** The health as an operator sees it. */
export type BotStatus = {
  readonly state: Breaker;
  readonly errors: number;
  readonly answers: number;
  /** Milliseconds; absent before the first answer. */
  readonly p50?: number;
  readonly p95?: number;
};

export function describeStatus({ breaker: state, errors, answers, took }: BotHealth): BotStatus {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1];
  const [p50, p95] = [at(0.5), at(0.95)];
  return { state, errors, answers, ...(p50 !== undefined && p95 !== undefined && { p50, p95 }) };
}
