/** Makes what activities need from what the business and the environment say. */
import type { Ports } from '../activities/ports.js';
import { outsideBotName, silentBot } from '../bots/outside.js';
import { createDesk } from '../desk/desk.js';
import { createPresence } from '../desk/presence.js';
import { createEngageClient } from '../engage/client.js';
import { createMessengerClient } from '../messenger/client.js';
import { sourceSettings, type BusinessSettings } from '../settings/business.js';
import type { AnswerAccess } from '../settings/late-answers.js';
import type { OutsideSecrets } from '../settings/outside.js';
import { answerUrlOf } from './answer-url.js';
import { createOutsidePorts } from './outside-ports.js';
import { createBots } from './bots.js';

export function createPorts(
  business: BusinessSettings,
  engage: {
    readonly url: string;
    readonly token: string;
    readonly outside?: OutsideSecrets | undefined;
    readonly messenger?: { readonly url: string; readonly token: string } | undefined;
    readonly answers?: AnswerAccess | undefined;
  },
  now: () => number = Date.now,
): Omit<
  Ports,
  | 'emergencies'
  | 'runningThreads'
  | 'threadsToHeal'
  | 'waitingLine'
  | 'directory'
  | 'outsideThreads'
  | 'messengerCustomers'
> {
  const bots = createBots(business.bots);
  const client = createEngageClient({ ...engage, timeout: business.engageTimeout });
  return {
    engage: client,
    messenger:
      engage.messenger &&
      createMessengerClient({ ...engage.messenger, timeout: business.engageTimeout }),
    ...createOutsidePorts(business, engage),
    bots: new Map([...bots, [outsideBotName, silentBot]]),
    ...answerUrlOf(engage.answers),
    deskOf: createDesk(business, now),
    agentsAt: createPresence(
      (place) => client.listConnectedAgents(place),
      business.directory.presenceFor,
    ),
    settingsOf: (sourceId) => sourceSettings(business, sourceId),
  };
}
