/** All activities of a worker, made from its ports: exactly what workflows may ask for. */
import type { SettingsActivities } from '../workflows/contract.js';
import type { WorkActivities } from '../workflows/work.js';
import { createAskBot } from './ask-bot.js';
import { createCloseIntervention } from './close-intervention.js';
import { createFindReply } from './find-reply.js';
import { createOpenIntervention } from './open-intervention.js';
import type { Ports } from './ports.js';
import { createPostReply } from './post-reply.js';
import { createReadThread } from './read-thread.js';
import { createRecategorise } from './recategorise.js';
import { createTakeSettings } from './take-settings.js';

/** For the `threads` queue: what needs no platform. */
export function threadsActivities(
  ports: Ports,
): SettingsActivities & Pick<WorkActivities, 'askBot'> {
  return { takeSettings: createTakeSettings(ports), askBot: createAskBot(ports) };
}

/** For the `engage` queue: what spends the platform's budget. */
export function engageActivities(ports: Ports): Omit<WorkActivities, 'askBot'> {
  return {
    postReply: createPostReply(ports),
    findReply: createFindReply(ports),
    readThread: createReadThread(ports),
    recategorise: createRecategorise(ports),
    openIntervention: createOpenIntervention(ports),
    closeIntervention: createCloseIntervention(ports),
  };
}
