/**
 * Calls about an account's set-up, for `doctor`; threads do not use them. All are reads; the platform
 * refuses what the token may not see.
 */
import {
  accountCalls,
  listIn,
  createRecordsSchema,
  type AccountCalls,
  type Records,
} from './account.js';
import { listCalls, type Lists, type PagePlace } from './lists.js';
import {
  categorySchema,
  channelSchema,
  identitySchema,
  teamSchema,
  topologySchema,
  userSchema,
  type Category,
  type Channel,
  type Identity,
  type Team,
  type Topology,
  type User,
} from './people-resources.js';
import { createTransport, type TransportOptions } from './transport.js';

export type SetUpClient = AccountCalls &
  Pick<Lists, 'listWebhooks'> & {
    getUser(userId: string): Promise<User>;
    getIdentity(identityId: string): Promise<Identity>;
    listTeams(place: PagePlace): Promise<Records<Team>>;
    listChannels(place: PagePlace): Promise<Records<Channel>>;
    listCategories(place: PagePlace): Promise<Records<Category>>;
    listTopologies(): Promise<Records<Topology>>;
  };

const at = encodeURIComponent;

export function createSetUpClient(options: TransportOptions): SetUpClient {
  const send = createTransport(options);
  const list = listIn(send);
  return {
    ...accountCalls(send),
    listWebhooks: () => listCalls(send).listWebhooks(),
    getUser: (id) => send({ method: 'GET', path: `/users/${at(id)}`, answer: userSchema }),
    getIdentity: (id) =>
      send({ method: 'GET', path: `/identities/${at(id)}`, answer: identitySchema }),
    listTeams: list('/teams', createRecordsSchema(teamSchema)),
    listChannels: list('/channels', createRecordsSchema(channelSchema)),
    listCategories: list('/categories', createRecordsSchema(categorySchema)),
    // The published description has no paging for it.
    listTopologies: () =>
      send({ method: 'GET', path: '/topologies', answer: createRecordsSchema(topologySchema) }),
  };
}
