/**
 * Calls about an account's people: users, permissions, and connected agents. All are reads; the platform
 * refuses what the token may not see. Lists are paged, at most 150 records a page.
 */
import { z } from 'zod';
import type { PagePlace } from './lists.js';
import {
  agentStatusSchema,
  permissionsSchema,
  roleSchema,
  sourceSchema,
  userSchema,
  type AgentStatus,
  type Permissions,
  type Role,
  type Source,
  type User,
} from './people-resources.js';
import { createPageSchema } from './resources.js';
import type { Transport } from './transport.js';

/** An invalid record stays in its place as `undefined`. */
export type Records<R> = { readonly count: number; readonly records: readonly (R | undefined)[] };

export const longestPage = 150;

export type AccountCalls = {
  listUsers(of: PagePlace & { readonly categoryId?: string }): Promise<Records<User>>;
  /** By source id: `read`, `reply`, `approval_required`, …  */
  getSourcePermissions(userId: string): Promise<Permissions>;
  listRoles(place: PagePlace): Promise<Records<Role>>;
  /** @throws NotFound without the right to read it */
  getSource(sourceId: string): Promise<Source>;
  /** Sources that the token's user may read. */
  listSources(place: PagePlace): Promise<Records<Source>>;
  /**
   * Agents who are connected now, may reply on the source and have the category; possibly none. @throws
   * NotAuthorised without the role's `monitor_tasks`
   */
  listConnectedAgents(where: {
    readonly sourceId: string;
    readonly categoryId: string;
  }): Promise<readonly AgentStatus[]>;
};

export const createRecordsSchema = <T extends z.ZodType>(record: T) =>
  createPageSchema(record.optional().catch(undefined));
const users = createRecordsSchema(userSchema);
const roles = createRecordsSchema(roleSchema);
const sources = createRecordsSchema(sourceSchema);

const at = encodeURIComponent;
const placed = ({ offset, limit }: PagePlace) => ({ offset: `${offset}`, limit: `${limit}` });

export function accountCalls(send: Transport): AccountCalls {
  const list = listIn(send);
  return {
    listUsers: ({ categoryId, ...place }) => {
      const filter = categoryId === undefined ? {} : { category_id: categoryId };
      const query = { ...placed(place), ...filter };
      return send({ method: 'GET', path: '/users', query, answer: users });
    },
    getSourcePermissions: (id) =>
      send({
        method: 'GET',
        path: `/users/${at(id)}/sources_permissions`,
        answer: permissionsSchema,
      }),
    listRoles: list('/roles', roles),
    getSource: (id) =>
      send({ method: 'GET', path: `/content_sources/${at(id)}`, answer: sourceSchema }),
    listSources: list('/content_sources', sources),
    listConnectedAgents: ({ sourceId, categoryId }) => {
      const query = { 'source_ids[]': sourceId, 'category_ids[]': categoryId };
      return send({ method: 'GET', path: '/status', query, answer: z.array(agentStatusSchema) });
    },
  };
}

/** Reads one page of a list by its path. */
export function listIn(send: Transport) {
  return <T extends z.ZodType>(path: string, answer: T) =>
    (place: PagePlace): Promise<z.output<T>> =>
      send({ method: 'GET', path, query: placed(place), answer });
}

/** All records of a list over all pages; invalid ones are left out. */
export async function allRecords<R>(
  list: (place: PagePlace) => Promise<Records<R>>,
): Promise<readonly R[]> {
  const all: R[] = [];
  for (let offset = 0; ;) {
    const { count, records } = await list({ offset, limit: longestPage });
    all.push(...records.filter((record) => record !== undefined));
    offset += records.length;
    if (records.length === 0 || offset >= count) return all;
  }
}
