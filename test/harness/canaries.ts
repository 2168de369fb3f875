/**
 * One conversation that carries a word of its own on every path by which words reach Temporal, and a search
 * for such words in whatever a server has written.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Ports } from '../../activities/ports.js';
import { BotError } from '../../bots/bot-error.js';
import type { BotAnswer } from '../../bots/bot.js';
import { domainId } from '../../simulator/seed.js';
import { Conversation } from './conversation.js';
import { caller } from './operators.js';
import type { World } from './world.js';

export const paths = [
  ...['customer', 'reply', 'memory', 'customerProfile', 'failure', 'agent', 'why', 'note'],
] as const;
type Path = (typeof paths)[number];

/** Nothing else contains it. */
export function canary(of: string, path: Path): string {
  return `canary-${of}-${path}-bird`;
}

class Sings extends BotError {
  override readonly name = 'Sings';
  readonly isFinal = true;
}

/** A bot that answers, keeps and learns canaries, or dies with one: told by the customer which. */
export function singing(ports: Ports): Ports {
  const bots = [...ports.bots].map(([name, bot]) => {
    const answer: typeof bot.answer = ({ burst }) => {
      const [, of = '', what] = /canary-(\w+)-\w+-bird (\w+)/.exec(burst.at(-1)?.body ?? '') ?? [];
      if (what === 'die') return Promise.reject(new Sings(canary(of, 'failure')));
      return Promise.resolve<BotAnswer>({
        replies: [{ body: canary(of, 'reply') }],
        remember: { kept: canary(of, 'memory') },
        customerProfile: { tier: canary(of, 'customerProfile') },
        ...(what === 'human' && {
          handOver: { because: 'customerAsked', reason: canary(of, 'note') },
        }),
      });
    };
    return [name, { ...bot, answer }] as const;
  });
  return { ...ports, bots: new Map(bots) };
}

/** Until the operator has it: every path has been gone. */
export async function carryCanaries(world: World, of: string): Promise<Conversation> {
  const conversation = new Conversation(world);
  const said = canary(of, 'customer');
  await conversation.says(`${said} hello`);
  await conversation.untilBotSaid(1);
  await conversation.says(`${said} die`);
  await conversation.untilBotSaid(2);
  await conversation.says(`${said} human`);
  await conversation.untilPhase('handover');
  await conversation.agent('reply', { body: canary(of, 'agent') });
  await conversation.untilPhase('agent');
  const call = caller(world.webhookUrl);
  const at = `/operator/threads/${domainId}:${conversation.thread}`;
  const given = { why: canary(of, 'why') };
  const { status } = await call('olga', 'post', `${at}/return-to-bot`, given);
  if (status !== 200) throw new Error(`the operator was answered ${status}`);
  await conversation.untilQuiet();
  return conversation;
}

/** Of these words, those that a database's files hold: the one, and its journal beside it. */
export function foundIn(databasePath: string, words: readonly string[]): readonly string[] {
  const bytes = filesOf(databasePath);
  return words.filter((word) => bytes.some((one) => one.includes(word)));
}

/** The database and its journals, all as they are; read again when the server removed one meanwhile. */
function filesOf(databasePath: string): readonly Buffer[] {
  const folder = dirname(databasePath);
  for (;;) {
    try {
      return readdirSync(folder)
        .filter((name) => name.startsWith(basename(databasePath)))
        .map((name) => readFileSync(join(folder, name)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}
