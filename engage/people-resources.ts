/**
 * The platform's resources about people and set-up, as far as Baton reads them: users, roles, teams,
 * sources, identities, topologies, connected agents. As in `resources.ts`, every field but `id` is
 * optional and nullable on the platform. Source: Engage REST reference, typed resources.
 */
import { z } from 'zod';

const id = z.union([z.string().min(1), z.number().transform(String)]);
const optionalId = id.nullish().transform((value) => value ?? undefined);
const ids = z
  .array(id)
  .nullish()
  .transform((value) => value ?? []);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
/** Absent is not false: a missing value is unknown. */
const maybe = z
  .boolean()
  .nullish()
  .transform((value) => value ?? undefined);
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? undefined);

export const userSchema = z.object({
  id,
  email: text,
  enabled: maybe,
  role_id: optionalId,
  category_ids: ids,
  team_ids: ids,
  identity_ids: ids,
});
export type User = z.output<typeof userSchema>;

/** A user's permissions by source id. */
export const permissionsSchema = z.record(
  z.string(),
  z
    .array(z.string())
    .nullish()
    .transform((value) => value ?? []),
);
export type Permissions = z.output<typeof permissionsSchema>;

/** About seventy flags; those that concern a bot or an agent. */
export const roleSchema = z.object({
  id,
  label: text,
  receive_tasks: maybe,
  monitor_tasks: maybe,
  monitor_team_tasks: maybe,
  update_intervention: maybe,
  close_content_thread: maybe,
  search_event: maybe,
});
export type Role = z.output<typeof roleSchema>;

export const teamSchema = z.object({ id, name: text });
export type Team = z.output<typeof teamSchema>;

export const sourceSchema = z.object({
  id,
  name: text,
  active: maybe,
  status: text,
  error_message: text,
  channel_id: optionalId,
  community_id: optionalId,
  default_category_ids: ids,
  time_for_thread_inclusion: number,
  live_chat: maybe,
});
export type Source = z.output<typeof sourceSchema>;

export const channelSchema = z.object({ id, name: text, source_ids: ids });
export type Channel = z.output<typeof channelSchema>;

export const categorySchema = z.object({
  id,
  name: text,
  parent_id: optionalId,
  multiple: maybe,
});
export type Category = z.output<typeof categorySchema>;

/** `user_ids`: if not empty, the identity is the brand's own ("controlled"). */
export const identitySchema = z.object({
  id,
  foreign_id: optionalId,
  /** The customer's record; the platform creates it only when it has a value. */
  identity_group_id: optionalId,
  community_id: optionalId,
  user_ids: ids,
});
export type Identity = z.output<typeof identitySchema>;

/** The format of a topology's `config` is not published. */
export const topologySchema = z.object({
  id,
  name: text,
  config: z.looseObject({}).nullish().catch(undefined),
});
export type Topology = z.output<typeof topologySchema>;

/** `status`: null, `available` or `away`; of `busyness` only `full` prevents new work. */
export const agentStatusSchema = z.object({
  agent_id: id,
  channels: z
    .array(z.object({ id, status: text, busyness: text }))
    .nullish()
    .transform((value) => value ?? []),
});
export type AgentStatus = z.output<typeof agentStatusSchema>;
