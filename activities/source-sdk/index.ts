/** All activities of Source SDK conversations. */
import type { SourceSdkActivities } from '../../workflows/contract/index.js';
import { createAskThread } from './ask-thread.js';
import type { SourceSdkPorts } from './ports.js';
import { createPushToEngage } from './push-to-engage.js';
import { createReadSourceSdkSettings } from './read-source-sdk-settings.js';
import { createUpdateSourceSdkBot } from './call-bot.js';

export function sourceSdkActivities(ports: SourceSdkPorts): SourceSdkActivities {
  return {
    readSourceSdkSettings: createReadSourceSdkSettings(ports),
    pushToEngage: createPushToEngage(ports),
    updateSourceSdkBot: createUpdateSourceSdkBot(ports),
    askThreadForHandover: createAskThread(ports),
  };
}
