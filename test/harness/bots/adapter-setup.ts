/**
 * What the conformance suite knows of an adapter: a bot made by it as `baton.config.ts` would, and behind
 * it whatever it talks to, a real server that does what the customer's last words tell it to.
 */
import { parseConfig } from '../../../settings/load-config.js';
import type { Bot } from '../../../bots/bot.js';
import { categories } from '../../../simulator/seed.js';
import { testConfig } from '../test-config.js';

/**
 * Said by the customer, done by the bot. Any other word is answered `You said: WORDS`, a burst with its
 * lines joined by ` + `.
 */
export const acts = [
  /** Offers `Yes` and `No` beside the question `Well?`. */
  'choose',
  /** Asks for a human, saying `Goodbye for now.` */
  'human',
  /** Says `Glad to help.` and that it is solved. */
  'done',
  /** Fails, each time. */
  'fail',
  /** Fails the first time it is asked this, and answers the second. */
  'stumble',
  /** Does not answer. */
  'hang',
  /** Answers what is no answer. */
  'garble',
  /** Answers ten megabytes. */
  'flood',
] as const;
export type Act = (typeof acts)[number];

export type AdapterSetup = {
  readonly bot: Bot;
  /** It is asked content by content, and answers each. */
  readonly answersEach?: true;
  /** What its kind of bot cannot do, with the reason. */
  readonly cannot?: Partial<Record<Act, string>>;
  /**
   * The keys under which it was asked what has these words in it, or what it was asked where there is no
   * key: each call one.
   */
  asked(words: string): readonly string[];
  stop(): Promise<void>;
};

/** A bot as `baton.config.ts` has it. */
export function botFromConfig(written: Readonly<Record<string, unknown>>): Bot {
  const { bots } = parseConfig({ ...testConfig(), bots: { tester: written } });
  const made = bots['tester']?.create({
    name: 'tester',
    secret: (variable) => `secret-of-${variable}`,
    agentCategoryOf: () => categories.agent,
  });
  if (!made) throw new Error('no bot was made');
  return made;
}

/** How a test server derives the act from the request. */
export function actIn(words: string): Act | undefined {
  return acts.find((act) => words.split(/\s+/).includes(act));
}
