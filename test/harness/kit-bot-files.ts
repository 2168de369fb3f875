/** Bots of the chatbot kit for one test: written to a folder of its own, loaded through the settings. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GivenToBots } from '../../bots/adapter.js';
import type { Bot, BotAnswer, BotTurn } from '../../bots/bot.js';
import { botSchema } from '../../settings/bots.js';

const agentCategory = 'agents';

export class KitBotFiles {
  readonly folder = mkdtempSync(join(tmpdir(), 'kit-bots-'));
  /** What was warned of, with its fields. */
  readonly warned: { readonly message: string; readonly [field: string]: unknown }[] = [];
  #count = 0;

  write(source: string, end = 'cjs'): string {
    this.#count += 1;
    const path = join(this.folder, `bot-${this.#count}.${end}`);
    writeFileSync(path, source);
    return path;
  }

  bot(settings: object, given: GivenToBots = {}): Bot {
    return botSchema.parse({ chatbotKit: settings }).create({
      name: 'kit',
      secret: () => '',
      agentCategoryOf: () => agentCategory,
      warn: (fields, message) => this.warned.push({ ...fields, message }),
      ...given,
    });
  }

  /** The answer of a bot whose `onEvent` is this. */
  async answer(onEvent: string, turn: BotTurn, given: GivenToBots = {}): Promise<BotAnswer> {
    const source = `exports.onEvent = async ({ event, client, handled }) => {\n${onEvent}\n}`;
    return this.ask(this.bot({ module: this.write(source) }, given), turn);
  }

  async ask(bot: Bot, turn: BotTurn, signal = new AbortController().signal): Promise<BotAnswer> {
    const answer = await bot.answer(turn, { signal, conversationId: 'conversation' });
    if (answer === 'later') throw new Error('a kit bot answers at once');
    return answer;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
