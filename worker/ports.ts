/** Creates the activities' ports from the business settings and the environment. */
import type { Ports } from '../activities/ports.js';
import { urgencyNow } from '../activities/urgency.js';
import { createAlertWebhook } from '../runtime/alert-webhook.js';
import type { GivenToBots } from '../bots/adapter.js';
import { sourceSdkBotName, silentBot } from '../bots/source-sdk.js';
import { createAvailability } from '../engage/availability/availability.js';
import { createAgentStatusReader } from '../engage/availability/agent-status.js';
import { createEngageClient } from '../engage/client.js';
import type { Pace } from '../engage/pace.js';
import { createReader } from '../engage/reader.js';
import type { InTurn, TransportOptions } from '../engage/transport.js';
import type { Log } from '../runtime/log.js';
import { createMessengerClient } from '../engage/messenger/client.js';
import type { AlertAccess } from '../settings/alerts.js';
import { sourceSettings, type BusinessSettings } from '../settings/business.js';
import type { AnswerAccess } from '../settings/late-answers.js';
import type { SourceSdkSecrets } from '../settings/source-sdk.js';
import { aroundCalls } from '../runtime/tracing/calls.js';
import type { Tracing } from '../runtime/tracing/tracing.js';
import { createAnswerUrl } from './answer-url.js';
import { createSourceSdkPorts } from './source-sdk-ports.js';
import { createBots } from './bots.js';
import type { BotsStatus } from './health.js';

/** Addresses and credentials of the platform and other services. */
export type Access = {
  readonly url: string;
  readonly token: string;
  readonly sourceSdk?: SourceSdkSecrets | undefined;
  readonly messenger?: { readonly url: string; readonly token: string } | undefined;
  readonly answers?: AnswerAccess | undefined;
  readonly alerts?: AlertAccess | undefined;
};

export type PortsOptions = {
  /** Unix milliseconds; the machine's clock unless time is simulated. */
  readonly now?: (() => number) | undefined;
  readonly log?: Log;
  /** Called for each request to the platform. */
  readonly onRequest?: TransportOptions['onRequest'];
  readonly tracing?: Tracing | undefined;
  /** Absent: calls are not paced. */
  readonly pace?: Pace | undefined;
};

export function createPorts(
  business: BusinessSettings,
  engage: Access,
  { now, log, onRequest, tracing, pace }: PortsOptions = {},
): { readonly botsStatus: BotsStatus } & Omit<
  Ports,
  | 'emergencies'
  | 'runningThreads'
  | 'threadsToBackfill'
  | 'waitingLine'
  | 'directory'
  | 'sourceSdkThreads'
  | 'messengerCustomers'
  | 'endedRuns'
> {
  const inTurn: InTurn | undefined =
    pace && ((call, together) => pace.inTurn(urgencyNow(), call, together));
  const given = givenToBots(business, { ...engage, onRequest, inTurn });
  const { bots, status: botsStatus } = createBots(business.bots, { given, log });
  const around = tracing && aroundCalls(tracing);
  const timeout = business.engageTimeout;
  const client = createEngageClient({ ...engage, onRequest, timeout, around, inTurn });
  return {
    botsStatus,
    tracing,
    engage: client,
    messenger: engage.messenger && createMessengerClient({ ...engage.messenger, timeout }),
    ...createSourceSdkPorts(business, engage),
    alerts: engage.alerts && createAlertWebhook(engage.alerts),
    bots: new Map([...bots, [sourceSdkBotName, silentBot]]),
    ...createAnswerUrl(engage.answers),
    availabilityOf: createAvailability(business, now ?? Date.now),
    agentsAt: createAgentStatusReader(
      (place) => client.listConnectedAgents(place),
      business.directory.availabilityFor,
      now,
    ),
    settingsOf: (sourceId) => sourceSettings(business, sourceId, now?.()),
  };
}

/** What bots receive: reads from the platform, the agents' category, and the log. */
function givenToBots(
  { sources, engageTimeout }: BusinessSettings,
  { url, token, onRequest, inTurn }: Omit<TransportOptions, 'timeout'>,
): GivenToBots {
  return {
    engageGet: createReader({ url, token, onRequest, inTurn, timeout: engageTimeout }),
    agentCategoryOf: (name) => sources[name]?.categories.agent,
  };
}
