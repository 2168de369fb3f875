/**
 * The simulator's whole state as plain JSON, written to disk and restored at a restart. Field names are
 * the platform's (snake case), as in its answers and events.
 */
import type { CustomField, IdentityGroup } from './profile-state.js';
import type { Chore } from './chore.js';
import type { ChannelCall, SdkChannel } from './sdk/state.js';
import type { Role, Topology } from './set-up.js';

export type { CustomField, IdentityGroup } from './profile-state.js';
export type { Role, Topology } from './set-up.js';

export type State = {
  sequence: number;
  clock_offset: number;
  /** The administrator's rule is on: the bot's threads go to the agents' category. */
  emergency_rule: boolean;
  sources: Record<string, Source>;
  categories: Record<string, Category>;
  users: Record<string, User>;
  roles: Record<string, Role>;
  topologies: Record<string, Topology>;
  identities: Record<string, Identity>;
  /** Customers' records. Created with a first value, so most identities have none. */
  identity_groups: Record<string, IdentityGroup>;
  custom_fields: Record<string, CustomField>;
  threads: Record<string, Thread>;
  /** Uploaded files, to be sent by id. */
  attachments: Record<string, Attachment>;
  contents: Record<string, Content>;
  interventions: Record<string, Intervention>;
  comments: Record<string, Comment>;
  tasks: Record<string, Task>;
  webhooks: Record<string, Webhook>;
  /** Availability by user, then by channel. Absent: not connected. */
  agentStatuses: Record<string, Record<string, AgentStatus>>;
  journal: JournalEntry[];
  /** Not delivered yet, or waiting for a retry. */
  deliveries: Delivery[];
  /** Ground truth for `GET /record`. */
  attempts: Attempt[];
  requests: RequestMade[];
  /** Deferred actions of the platform. */
  chores: Chore[];
  /** The Facebook page of one of the sources, if there is one. */
  messenger?: MessengerPage;
  /** All calls to endpoints of custom channels. */
  channel_calls?: ChannelCall[];
};

export type Source = {
  id: string;
  name: string;
  type: string;
  active: boolean;
  channel_id: string;
  community_id: string;
  default_category_ids: string[];
  /** Seconds. */
  time_for_thread_inclusion: number | null;
  is_realtime: boolean;
  can_lock: boolean;
  created_at: string;
  /** Set for a custom channel (Source SDK). */
  sdk?: SdkChannel;
};

export type Category = {
  id: string;
  name: string;
  parent_id: string | null;
  multiple: boolean;
  created_at: string;
};

export type User = {
  id: string;
  name: string;
  email: string;
  enabled: boolean;
  /** Skills. */
  category_ids: string[];
  identity_ids: string[];
  role_id: string;
  can_update_interventions: boolean;
  sources: Record<string, string[]>;
  created_at: string;
};

export type Identity = {
  id: string;
  foreign_id: string;
  display_name: string;
  /** On custom channels, whose ids are the channel's. */
  source_id?: string;
  community_id: string;
  identity_group_id?: string;
  user_ids: string[];
  created_at: string;
};

export type Thread = {
  id: string;
  source_id: string;
  title: string;
  foreign_id: string;
  identity_id: string;
  closed: boolean;
  thread_category_ids: string[];
  category_history: { at: string; ids: string[] }[];
  /** Simulated time, milliseconds, until which a change of categories is in progress. */
  categorising_until: number;
  contents_count: number;
  interventions_count: number;
  input_disabled: boolean;
  last_content_at: string;
  created_at: string;
  updated_at: string;
};

export type Attachment = {
  id: string;
  filename: string;
  content_type: string;
  size: number;
  created_at: string;
};

export type Content = {
  id: string;
  thread_id: string;
  source_id: string;
  author_id: string;
  creator_id: string | null;
  foreign_id: string;
  /** For `GET /record`. */
  by: string;
  type: string;
  body: string | null;
  private: boolean;
  status: string;
  created_from: string;
  in_reply_to_id: string | null;
  in_reply_to_author_id: string | null;
  intervention_id: string | null;
  category_ids: string[];
  first_in_thread: boolean;
  has_attachment: boolean;
  /** Attachments of a reply, by id. */
  attachment_ids?: readonly string[];
  auto_submitted: boolean;
  /** A reply that is not exported before another agent has approved it. */
  approval_required?: boolean;
  structured_content: unknown;
  structured_reply: { payload: string } | null;
  /** Language detected by the platform; default English. */
  language?: string;
  synchronization_status: string;
  /** With milliseconds; the API shows seconds. */
  created_at: string;
};

export type Intervention = {
  id: string;
  thread_id: string;
  source_id: string;
  content_id: string;
  identity_id: string;
  user_id: string;
  closed: boolean;
  closed_at: string | null;
  deferred_at: string | null;
  category_ids: string[];
  custom_fields: Record<string, unknown>;
  user_replies_count: number;
  first_user_reply_id: string | null;
  created_at: string;
  updated_at: string;
};

export type Comment = {
  id: string;
  body: string;
  intervention_id: string;
  thread_id: string;
  user_id: string;
  created_at: string;
};

export type Task = {
  id: string;
  thread_id: string;
  content_id: string;
  intervention_id: string | null;
  channel_id: string;
  agent_ids: string[];
  queue: string;
  step: string;
  completed_at: string | null;
  created_at: string;
};

export type Webhook = {
  id: string;
  name: string;
  url: string;
  active: boolean;
  secret: string;
  verify_token: string;
  registered_events: string[];
  webhook_status: 'pending' | 'enabled' | 'suspended' | 'disabled';
  created_at: string;
};

export type AgentStatus = {
  status: 'available' | 'away' | null;
  busyness: 'unoccupied' | 'ok' | 'busy' | 'full';
};

export type JournalEntry = {
  id: string;
  name: string;
  user_id: string | null;
  created_at: string;
  extra_infos: Record<string, string | string[] | null>;
};

/** A webhook event, as it is sent. */
export type PlatformEvent = {
  type: string;
  id: string;
  issued_at: string;
  user_id?: string;
  action?: string;
  resource: { type: string; id: string; metadata: Record<string, unknown> };
};

export type Delivery = {
  id: string;
  webhook_id: string;
  events: PlatformEvent[];
  /** Number of attempts made. */
  attempt: number;
  /** Simulated time, milliseconds. */
  due: number;
};

export type Attempt = {
  delivery_id: string;
  events: { id: string; type: string; thread_id: string | null }[];
  at: string;
  attempt: number;
  /** Null: no answer in time, or no connection. */
  status: number | null;
};

export type RequestMade = {
  at: string;
  method: string;
  path: string;
  status: number | null;
  thread_id: string | null;
};

export type { Chore };

/** The apps on a Facebook page: the bot's own, and the platform's. */
export type MessengerApp = 'bot' | 'platform';
export type MessengerPage = {
  page_id: string;
  source_id: string;
  app_ids: Record<MessengerApp, string>;
  primary: MessengerApp | 'none';
  /** Access token of the bot's app for this page. */
  token: string;
  webhook: { url: string; app_secret: string };
  /** By customer: the app with thread control, since the last activity. */
  owners: Record<string, { app: MessengerApp | null; at: string }>;
  history: { customer: string; app: MessengerApp | null; at: string }[];
};
