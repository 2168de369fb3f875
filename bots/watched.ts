/**
 * Bots that are watched: while one is out of order, its turns are answered by another bot or handed to a
 * human at once, and now and then one turn tries whether it is back. What is known of a bot is this
 * worker process's own: each finds out for itself, and a new one begins anew.
 *
 * A question asked again counts again; one that was withdrawn counts as nothing. Of a bot that answers
 * later only that it took the question is seen.
 */
import type { Asking, Bot, BotAnswer, BotTurn } from './bot.js';
import { checkAnswer } from './contract.js';
import {
  admit,
  ended,
  newHealth,
  statusOf,
  type BotHealth,
  type BotStatus,
  type Breaker,
  type BreakerSettings,
  type Outcome,
} from './health.js';

export type WatchedBot = {
  readonly bot: Bot;
  readonly breaker: BreakerSettings;
  /** Another of the bots by its name, or `human`. No loops. */
  readonly fallback: string;
  /** One try, in milliseconds. */
  readonly timeout: number;
};

export type Watching = {
  readonly now?: () => number;
  /** It has opened, or closed again; tries in between are nobody's news. */
  readonly changed?: (name: string, status: BotStatus) => void;
};

export const human = 'human';

const outOfOrder: BotAnswer = {
  replies: [],
  handOver: { because: 'botGaveUp', reason: 'the bot is out of order' },
};

/** Withdrawn so near to the end of its time, it was the bot that was too slow. */
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
    Object.fromEntries([...watches].map(([name, watch]) => [name, statusOf(watch.health)]));
  return { bots, status };
}

/** A turn in which tools were called is one bot's own: no other could go on with it, nor call them. */
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
    // Not when it settles: a bot may go on thinking for nobody.
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
      this.#changed(this.#name, statusOf(health));
    }
  }
}
