/** All activities of Source SDK conversations. */
import type { SourceSdkActivities } from '../../workflows/contract/index.js';
import { createAskThread } from './ask-thread.js';
import type { SourceSdkPorts } from './ports.js';
import { createPushToEngage } from './push-to-engage.js';
import { createTakeSourceSdkSettings } from './read-source-sdk-settings.js';
import { createTellSourceSdkBot } from './call-bot.js';

export function sourceSdkActivities(ports: SourceSdkPorts): SourceSdkActivities {
  return {
    takeSourceSdkSettings: createTakeSourceSdkSettings(ports),
    pushToEngage: createPushToEngage(ports),
    tellSourceSdkBot: createTellSourceSdkBot(ports),
    askThreadForHandover: createAskThread(ports),
  };
}
