/** Makes what activities need from what the business and the environment say. */
import type { Ports } from '../activities/ports.js';
import type { Bot } from '../bots/bot.js';
import { createScriptedBot } from '../bots/scripted.js';
import { createDesk } from '../desk/desk.js';
import { createEngageClient } from '../engage/client.js';
import { sourceSettings, type BusinessSettings } from '../settings/business.js';

export function createPorts(
  business: BusinessSettings,
  engage: { readonly url: string; readonly token: string },
  now: () => number = Date.now,
): Omit<Ports, 'emergencies' | 'runningThreads' | 'threadsToHeal'> {
  const bots = Object.entries(business.bots).map(([name, { script }]): [string, Bot] => [
    name,
    createScriptedBot(script),
  ]);
  return {
    engage: createEngageClient({ ...engage, timeout: business.engageTimeout }),
    bots: new Map(bots),
    deskOf: createDesk(business, now),
    settingsOf: (sourceId) => sourceSettings(business, sourceId),
  };
}
