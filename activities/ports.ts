/** What activities are made from: the platform, the bots, the business's settings. */
import type { Bot } from '../bots/bot.js';
import type { EngageClient } from '../engage/client.js';
import type { CommandInput, MoveAnswer, ThreadSearch, Way } from '../workflows/contract.js';
import type { SourceSettings } from '../workflows/source-settings.js';
import type { CheckDeskInput, Desk } from '../workflows/work.js';
import type { ThreadsToHeal } from './reconcile/ports.js';

export type Ports = {
  readonly engage: EngageClient;
  readonly bots: ReadonlyMap<string, Bot>;
  /** Who is there to take a thread of this source and category. */
  readonly deskOf: (input: CheckDeskInput) => Promise<Desk>;
  readonly settingsOf: (sourceId: string) => SourceSettings | undefined;
  /** Has an emergency silenced this bot on this source? @throws when it cannot be known */
  readonly emergencies: { isInForce(voice: Voice): Promise<boolean> };
  readonly runningThreads: {
    find(search: ThreadSearch, limit: number): Promise<readonly string[]>;
    count(search: ThreadSearch): Promise<number>;
    /** Never throws: what went wrong is the answer. */
    ask(asked: AskToMove): Promise<MoveAnswer>;
  };
  readonly threadsToHeal: ThreadsToHeal;
};

/** Whose bot would speak, where, by their names in `baton.config.ts`. */
export type Voice = { readonly sourceName: string; readonly botName: string };

export type AskToMove = CommandInput & {
  readonly workflowId: string;
  readonly updateId: string;
  readonly way: Way;
};
