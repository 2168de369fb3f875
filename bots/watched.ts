/**
 * Wraps bots with a circuit breaker: while a bot is failing, its turns go to another bot or are handed
 * over at once, and occasional trial turns test whether it has recovered. The health of a bot is local to
 * the worker process and is lost with it.
 *
 * Each attempt of a question counts; a cancelled one does not. For late answers only the acceptance of the
 * question counts.
 */
import type { Asking, Bot, BotAnswer, BotTurn } from './bot.js';
import { checkAnswer } from './contract.js';
import {
  admit,
  ended,
  newHealth,
  describeStatus,
  type BotHealth,
  type BotStatus,
  type Breaker,
  type BreakerSettings,
  type Outcome,
} from './health.js';

export type WatchedBot = {
  readonly bot: Bot;
  readonly breaker: BreakerSettings;
  /** Name of another bot, or `human`. Cycles are refused. */
  readonly fallback: string;
  /** Timeout of one attempt, in milliseconds. */
  readonly timeout: number;
};

export type Watching = {
  readonly now?: () => number;
  /** Called when the breaker opens or closes; trials in between are not reported. */
  readonly changed?: (name: string, status: BotStatus) => void;
};

export const human = 'human';

const outOfOrder: BotAnswer = {
  replies: [],
  handOver: { because: 'botGaveUp', reason: 'the bot is out of order' },
};

/** A cancellation after this share of the timeout counts as a timeout of the bot. */
const nearlyAll = 0.9;

export function watchBots(
  given: ReadonlyMap<string, WatchedBot>,
  { now = Date.now, changed = () => undefined }: Watching = {},
): {
  readonly bots: ReadonlyMap<string, Bot>;
  readonly status: () => Readonly<Record<string, BotStatus>>;
} {
  const watches = new Map(
    [...given].map(([name, one]) => [name, new Watch(name, one, now, changed)]),
  );
  const bots = new Map<string, Bot>();
  for (const [name, { bot, fallback }] of given) {
    const watch = watches.get(name);
    const instead: Bot['answer'] = (turn, asking) =>
      standIn(bots.get(fallback), fallback, turn, asking);
    const answer: Bot['answer'] = (turn, asking) =>
      watch ? watch.ask(turn, asking, instead) : bot.answer(turn, asking);
    bots.set(name, {
      runs: bot.runs,
      answer,
      ...(bot.call && { call: bot.call.bind(bot) }),
      ...(bot.start && { start: bot.start.bind(bot) }),
    });
  }
  const status = () =>
    Object.fromEntries([...watches].map(([name, watch]) => [name, describeStatus(watch.health)]));
  return { bots, status };
}

/** A turn with tool calls stays with its bot, because no other bot knows its tools or could continue. */
async function standIn(
  bot: Bot | undefined,
  name: string,
  turn: BotTurn,
  asking: Asking,
): Promise<BotAnswer | 'later'> {
  const mayTalk = asking.mayTalk ?? (() => Promise.resolve(true));
  if (!bot || turn.called.length > 0 || !(await mayTalk(name))) return outOfOrder;
  const answer = await bot.answer(turn, asking);
  return answer !== 'later' && (answer.calls ?? []).length > 0 ? outOfOrder : answer;
}

class Watch {
  health: BotHealth = newHealth;
  readonly #name: string;
  readonly #of: WatchedBot;
  readonly #now: () => number;
  readonly #changed: NonNullable<Watching['changed']>;

  constructor(
    name: string,
    of: WatchedBot,
    now: () => number,
    changed: NonNullable<Watching['changed']>,
  ) {
    this.#name = name;
    this.#of = of;
    this.#now = now;
    this.#changed = changed;
  }

  async ask(turn: BotTurn, asking: Asking, instead: Bot['answer']): Promise<BotAnswer | 'later'> {
    const began = this.#now();
    const { health, admission } = admit(this.health, this.#of.breaker, began);
    this.#become(health);
    if (!admission.may) return instead(turn, asking);
    let isCounted = false;
    const count = (outcome: Outcome) => {
      if (isCounted) return;
      isCounted = true;
      const [now, { isTry }] = [this.#now(), admission];
      this.#become(
        ended(this.health, this.#of.breaker, { outcome, took: now - began, isTry, now }),
      );
    };
    // Counted on abort and not on settlement: a cancelled bot may go on running.
    const withdrawn = () => {
      const isTooSlow = this.#now() - began >= this.#of.timeout * nearlyAll;
      count(isTooSlow ? 'failed' : 'withdrawn');
    };
    asking.signal.addEventListener('abort', withdrawn, { once: true });
    try {
      const answer = await this.#of.bot.answer(turn, asking);
      const checked = answer === 'later' ? answer : checkAnswer(answer);
      count('answered');
      return checked;
    } catch (error) {
      count('failed');
      throw error;
    } finally {
      asking.signal.removeEventListener('abort', withdrawn);
    }
  }

  #become(health: BotHealth): void {
    const before: Breaker = this.health.breaker;
    this.health = health;
    if ((health.breaker === 'closed') !== (before === 'closed')) {
      this.#changed(this.#name, describeStatus(health));
    }
  }
}
