/** What activities are made from: the platform, the bots, the business's settings. */
import type { Bot } from '../bots/bot.js';
import type { EngageClient } from '../engage/client.js';
import type { SourceSettings } from '../workflows/source-settings.js';

export type Ports = {
  readonly engage: EngageClient;
  readonly bots: ReadonlyMap<string, Bot>;
  readonly settingsOf: (sourceId: string) => SourceSettings | undefined;
};
