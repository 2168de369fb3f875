/** All activities of a worker, made from its ports: exactly those that workflows may call. */
import type {
  AskDirectoryActivities,
  DirectoryActivities,
  EmergencyActivities,
  EndedRunActivities,
  EndedThreadsActivities,
  SourceSdkActivities,
  ReconcileActivities,
  SettingsActivities,
} from '../workflows/contract/index.js';
import type { WorkActivities } from '../workflows/contract/work.js';
import { createAskBot } from './ask-bot.js';
import { createCallTool } from './call-tool.js';
import { createCheckAvailability } from './check-availability.js';
import { createCloseIntervention } from './close-intervention.js';
import { createAskDirectory } from './directory/ask-directory.js';
import { createReadAccountFacts } from './directory/read-account-facts.js';
import { createReadPeople } from './directory/read-people.js';
import { createControlThread } from './control-thread.js';
import { createFindEndedRun, createRebuildEndedThreads } from './ended-runs.js';
import { createFindQueuePosition } from './find-queue-position.js';
import { createFindReply } from './find-reply.js';
import { createFindThreads } from './find-threads.js';
import { createLeaveNote } from './leave-note.js';
import { createLockThread } from './lock-thread.js';
import { createMeetCustomer } from './meet-customer.js';
import { createMoveThreads } from './move-threads.js';
import { createOpenIntervention } from './open-intervention.js';
import { sourceSdkActivities } from './source-sdk/index.js';
import type { Ports } from './ports.js';
import { createPostReply } from './post-reply.js';
import { createReadContents } from './read-contents.js';
import { createReadThread } from './read-thread.js';
import { createRecategorise } from './recategorise.js';
import { createSettleDoubts } from './reconcile/settle-doubts.js';
import { createSurveyAccount } from './reconcile/survey-account.js';
import { createScan } from './reconcile/scan.js';
import { createSendAlert } from './send-alert.js';
import { createSetFields } from './set-fields.js';
import { createReadSettings } from './read-settings.js';
import { traced } from './traced.js';
import { createWriteProfile } from './write-profile.js';
import type { AlertActivities } from '../workflows/contract/alert.js';

/** For the `threads` task queue: activities that do not call the platform. */
export function threadsActivities(
  ports: Ports,
): SettingsActivities &
  AskDirectoryActivities &
  EndedRunActivities &
  EndedThreadsActivities &
  SourceSdkActivities &
  AlertActivities &
  Pick<WorkActivities, 'askBot' | 'callTool' | 'findQueuePosition'> {
  return {
    ...sourceSdkActivities(ports),
    readSettings: createReadSettings(ports),
    findEndedRun: createFindEndedRun(ports),
    rebuildEndedThreads: createRebuildEndedThreads(ports),
    askBot: traced(ports.tracing, 'ask bot', createAskBot(ports)),
    callTool: traced(ports.tracing, 'call tool', createCallTool(ports)),
    findQueuePosition: createFindQueuePosition(ports),
    askDirectory: createAskDirectory(ports),
    sendAlert: createSendAlert(ports),
  };
}

/** For the `engage` task queue: activities that use the platform's rate limit. */
export function engageActivities(
  ports: Ports,
): Omit<WorkActivities, 'askBot' | 'callTool' | 'findQueuePosition'> &
  ReconcileActivities &
  DirectoryActivities {
  return {
    readAccountFacts: createReadAccountFacts(ports),
    readPeople: createReadPeople(ports),
    surveyAccount: createSurveyAccount(ports),
    scan: createScan(ports),
    settleDoubts: createSettleDoubts(ports),
    postReply: traced(ports.tracing, 'post reply', createPostReply(ports)),
    findReply: traced(ports.tracing, 'look for reply', createFindReply(ports)),
    readThread: createReadThread(ports),
    readContents: createReadContents(ports),
    recategorise: createRecategorise(ports),
    openIntervention: createOpenIntervention(ports),
    closeIntervention: createCloseIntervention(ports),
    checkAvailability: createCheckAvailability(ports),
    leaveNote: createLeaveNote(ports),
    setFields: createSetFields(ports),
    writeProfile: createWriteProfile(ports),
    lockThread: createLockThread(ports),
    meetCustomer: createMeetCustomer(ports),
    controlThread: createControlThread(ports),
  };
}

/** For the `emergency` task queue: activities that move many threads, at the given pace. */
export function emergencyActivities(ports: Ports, movesPerSecond: number): EmergencyActivities {
  return {
    findThreads: createFindThreads(ports),
    moveThreads: createMoveThreads(ports, movesPerSecond),
  };
}
