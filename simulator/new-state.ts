/** A fresh account, set up as Engage's guides for bots recommend (ids in `seed.ts`). */
import {
  categories,
  channels,
  communityId,
  identities,
  ownerCategory,
  roles,
  sources,
  topologyId,
  users,
} from './seed.js';
import { seededFields } from './new-fields.js';
import type { Category, Identity, AgentStatus, Role, Source, State, User } from './state.js';

const created = '2026-01-01T00:00:00.000Z';
const day = 24 * 60 * 60;

export function newState(): State {
  return {
    sequence: 0,
    clock_offset: 0,
    emergency_rule: false,
    sources: byId([
      source('chat', 'engage_messaging', channels.realtime, true),
      source('messages', 'engage_messaging', channels.async, false),
    ]),
    categories: byId([
      category(ownerCategory, 'owner', null, false),
      category(categories.bot, 'bot', ownerCategory, false),
      category(categories.agent, 'agent', ownerCategory, false),
      category(categories.billing, 'billing', null, true),
    ]),
    users: byId([bot(), ...(['agent-1', 'agent-2', 'agent-3'] as const).map(agent)]),
    roles: byId(allRoles()),
    topologies: byId([topology()]),
    identities: byId([
      identity(identities.brand, 'brand', 'The shop', Object.values(users)),
      identity(identities.welcome, 'welcome', 'Welcome message', [users.bot]),
    ]),
    identity_groups: {},
    custom_fields: byId(seededFields()),
    threads: {},
    contents: {},
    interventions: {},
    ...{ attachments: {}, comments: {}, tasks: {}, webhooks: {} },
    agentStatuses: allAvailable(),
    ...{ journal: [], deliveries: [], attempts: [], requests: [], chores: [] },
  };
}

function allAvailable(): State['agentStatuses'] {
  const names = ['agent-1', 'agent-2', 'agent-3'] as const;
  return Object.fromEntries(names.map((name) => [users[name], createAvailableStatus()]));
}

function byId<T extends { id: string }>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item.id, item]));
}

function source(
  name: keyof typeof sources,
  type: string,
  channel: string,
  isRealtime: boolean,
): Source {
  return {
    id: sources[name],
    name,
    type,
    active: true,
    channel_id: channel,
    community_id: communityId,
    default_category_ids: [categories.bot],
    time_for_thread_inclusion: day,
    is_realtime: isRealtime,
    can_lock: true,
    created_at: created,
  };
}

function category(id: string, name: string, parent: string | null, multiple: boolean): Category {
  return { id, name, parent_id: parent, multiple, created_at: created };
}

/** The bot's user: may read and reply on its sources, close others' interventions, and monitor agents. */
function bot(): User {
  return {
    id: users.bot,
    name: 'bot',
    email: 'bot@example.com',
    enabled: true,
    category_ids: [categories.bot],
    identity_ids: [identities.brand],
    role_id: roles.bot,
    can_update_interventions: true,
    sources: permissions(),
    created_at: created,
  };
}

/** An agent: has the agents' category as a skill; no agent has the bot's. */
function agent(name: 'agent-1' | 'agent-2' | 'agent-3'): User {
  return {
    id: users[name],
    name,
    email: `${name}@example.com`,
    enabled: true,
    category_ids: [categories.agent, categories.billing],
    identity_ids: [identities.brand],
    role_id: roles.agent,
    can_update_interventions: false,
    sources: permissions(),
    created_at: created,
  };
}

/** The bot's role has the rights a bot needs; the agents' role those an agent needs. */
function allRoles(): readonly Role[] {
  const none = {
    ...{ receive_tasks: false, monitor_tasks: false, update_intervention: false },
    ...{ close_content_thread: false, open_content_thread: false },
    ...{ search_event: false, impersonate_user: false },
  };
  const rights = { monitor_tasks: true, update_intervention: true, search_event: true };
  const locks = { close_content_thread: true, open_content_thread: true };
  return [
    { ...none, ...rights, ...locks, id: roles.bot, label: 'Bot' },
    { ...none, id: roles.agent, label: 'Agent', receive_tasks: true },
  ];
}

/** Its last step has no duration, so that bot threads are not offered to all agents. */
function topology() {
  const steps = [{ name: 'skills' }, { name: 'anyone', duration: 0 }];
  return { id: topologyId, name: 'Default', config: { active: true, steps } };
}

function permissions(): Record<string, string[]> {
  return Object.fromEntries(Object.values(sources).map((id) => [id, ['read', 'reply']]));
}

function identity(
  id: string,
  foreignId: string,
  name: string,
  userIds: readonly string[],
): Identity {
  return {
    id,
    foreign_id: foreignId,
    display_name: name,
    community_id: communityId,
    user_ids: [...userIds],
    created_at: created,
  };
}

function createAvailableStatus(): Record<string, AgentStatus> {
  const available = (): AgentStatus => ({ status: 'available', busyness: 'unoccupied' });
  return { [channels.realtime]: available(), [channels.async]: available() };
}
