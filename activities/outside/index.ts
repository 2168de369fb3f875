/** All activities of outside conversations. */
import type { OutsideActivities } from '../../workflows/contract/index.js';
import { createAskThread } from './ask-thread.js';
import type { OutsidePorts } from './ports.js';
import { createPushToEngage } from './push-to-engage.js';
import { createTakeOutsideSettings } from './take-outside-settings.js';
import { createTellOutsideBot } from './tell-outside-bot.js';

export function outsideActivities(ports: OutsidePorts): OutsideActivities {
  return {
    takeOutsideSettings: createTakeOutsideSettings(ports),
    pushToEngage: createPushToEngage(ports),
    tellOutsideBot: createTellOutsideBot(ports),
    askThreadForHandover: createAskThread(ports),
  };
}
