/** The real ingress of a simulated world: its routes over a connection to the simulated Temporal server. */
import { createApp } from '../../../api/app.js';
import { sourcesOfBots } from '../../../api/channels/source-sdk/connect.js';
import { secrets } from '../../../local/secrets.js';
import { createLog } from '../../../runtime/log.js';
import type { BusinessSettings } from '../../../settings/business.js';
import { messengerWebhook } from '../../../settings/messenger-secrets.js';
import { sourceSdkSecrets } from '../../../settings/source-sdk.js';
import { clientAt } from '../../../temporal/client.js';
import { createIdentityMarks } from '../../../temporal/identity-mark.js';
import { createMessengerCustomers } from '../../../temporal/messenger-customers.js';
import { createRoom } from '../../../temporal/room.js';
import { createSourceSdkConversations } from '../../../temporal/source-sdk-conversations.js';
import { createAccept } from '../../../temporal/threads.js';
import type { Server } from '../host/network.js';
import type { VirtualTime } from '../host/virtual-time.js';
import type { createConnection } from '../temporal/connection.js';

type Surroundings = {
  readonly time: VirtualTime;
  readonly connection: ReturnType<typeof createConnection>;
  readonly namespace: string;
  readonly business: BusinessSettings;
};

/** Milliseconds in which a call to Temporal must be answered; as in `temporal/ingress-connection.ts`. */
const answerWithin = 2_600;

export function createIngress({ time, connection, namespace, business }: Surroundings): Server {
  const at = { connection, namespace, encryption: undefined };
  const client = clientAt(at, { workflow: [createRoom(at)] });
  const inTime = <T>(call: () => Promise<T>) =>
    connection.withDeadline(time.now + answerWithin, call);
  const { sources } = business;
  const ours = new Set(Object.values(sources).map(({ id }) => id));
  const messenger = messengerWebhook(secrets, sources);
  const sdk = sourceSdkSecrets(secrets, sources);
  return createApp({
    threads: {
      accept: createAccept(client, inTime, createIdentityMarks(undefined)),
      obstacles: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    },
    webhookSecrets: [secrets.BATON_WEBHOOK_SECRET],
    verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
    isOurs: (sourceId) => ours.has(sourceId),
    messenger: messenger && { ...messenger, customers: createMessengerCustomers(client) },
    sourceSdk: sdk && {
      secrets: sdk,
      sources: sourcesOfBots(sources),
      conversations: createSourceSdkConversations(client, inTime),
    },
    behind: () => 0,
    log: createLog('api', 'silent'),
  });
}
