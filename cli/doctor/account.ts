/** Reads the account through its API as the token sees it; the checks then need no further calls. */
import { allRecords, type Records } from '../../engage/account.js';
import { EngageError, NotAuthorised, NotFound } from '../../engage/errors.js';
import type { Page, PagePlace } from '../../engage/lists.js';
import type {
  AgentStatus,
  Category,
  Channel,
  Identity,
  Permissions,
  Role,
  Source,
  Team,
  Topology,
  User,
} from '../../engage/people-resources.js';
import type { Webhook } from '../../engage/resources.js';
import type { SetUpClient } from '../../engage/set-up.js';
import type { BusinessSettings } from '../../settings/business.js';

/** `undefined`: does not exist, or the token may not see it. */
export type Account = {
  readonly botUser: User | undefined;
  readonly botRights: Permissions | undefined;
  readonly roles: readonly Role[] | undefined;
  readonly sources: readonly Source[] | undefined;
  readonly channels: readonly Channel[] | undefined;
  readonly categories: readonly Category[] | undefined;
  readonly teams: readonly Team[] | undefined;
  readonly topologies: readonly Topology[] | undefined;
  readonly webhooks: readonly Webhook[] | undefined;
  readonly identities: ReadonlyMap<string, Identity>;
  /** By category id: all users with this skill. */
  readonly skilled: ReadonlyMap<string, readonly User[] | undefined>;
  /** Permissions of some of the agents, by user id. */
  readonly rights: ReadonlyMap<string, Permissions>;
  readonly connected: readonly AgentStatus[] | undefined;
};

/** Number of agents whose permissions are read, one call each. */
const looked = 20;

/** @throws EngageError when the platform does not answer, or refuses all calls */
export async function readAccount(
  engage: SetUpClient,
  { botUser, sources }: BusinessSettings,
): Promise<Account> {
  const [first] = Object.values(sources);
  const categoryIds = [...new Set(Object.values(sources).flatMap(idsOf))];
  const skilled = new Map<string, readonly User[] | undefined>();
  for (const categoryId of categoryIds) {
    skilled.set(categoryId, await all((place) => engage.listUsers({ ...place, categoryId })));
  }
  const humans = Object.values(sources).flatMap(({ categories }) => {
    const users = skilled.get(categories.agent) ?? [];
    return users.filter(({ id }) => id !== botUser.userId).slice(0, looked);
  });
  const found = await seen(() => engage.getUser(botUser.userId));
  const identityIds = new Set([...botUser.identityIds, ...(found?.identity_ids ?? [])]);
  return {
    botUser: found,
    botRights: await seen(() => engage.getSourcePermissions(botUser.userId)),
    roles: await all((place) => engage.listRoles(place)),
    sources: await all((place) => engage.listSources(place)),
    channels: await all((place) => engage.listChannels(place)),
    categories: await all((place) => engage.listCategories(place)),
    teams: await all((place) => engage.listTeams(place)),
    topologies: (await seen(() => engage.listTopologies()))?.records.filter(isThere),
    webhooks: (await seen<Page<Webhook>>(() => engage.listWebhooks()))?.records.filter(isThere),
    identities: await each([...identityIds], (id) => engage.getIdentity(id)),
    skilled,
    rights: await each([...new Set(humans.map(({ id }) => id))], (id) =>
      engage.getSourcePermissions(id),
    ),
    connected:
      first &&
      (await seen(() =>
        engage.listConnectedAgents({ sourceId: first.id, categoryId: first.categories.agent }),
      )),
  };
}

function idsOf({ categories }: BusinessSettings['sources'][string]): readonly string[] {
  return [categories.bot, categories.agent];
}

async function seen<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof EngageError) || error.isTransient) throw error;
    if (error instanceof NotAuthorised || error instanceof NotFound) return undefined;
    throw error;
  }
}

function all<R>(list: (place: PagePlace) => Promise<Records<R>>) {
  return seen(() => allRecords(list));
}

async function each<T>(
  ids: readonly string[],
  call: (id: string) => Promise<T>,
): Promise<ReadonlyMap<string, T>> {
  const found = new Map<string, T>();
  for (const id of ids) {
    const one = await seen(() => call(id));
    if (one !== undefined) found.set(id, one);
  }
  return found;
}

function isThere<T>(record: T | undefined): record is T {
  return record !== undefined;
}
