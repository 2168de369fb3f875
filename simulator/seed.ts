/**
 * The account of a new simulator, set up as a bot expects of a real one. The ids never change, because
 * `baton.config.ts` quotes them.
 */
export const domainId = '61b070000000000000000d01';

export const communityId = '61b0700000000000000c0001';

export const categories = {
  bot: '61b07000000000000000b071',
  agent: '61b07000000000000000a9e0',
  billing: '61b07000000000000000b111',
} as const;

/** Parent of `bot` and `agent`, which exclude each other. */
export const ownerCategory = '61b07000000000000000ca00';

export const sources = {
  chat: '61b07000000000000000c001',
  messages: '61b07000000000000000c002',
} as const;

export const channels = {
  realtime: '61b0700000000000000000c1',
  async: '61b0700000000000000000c2',
} as const;

export const users = {
  bot: '61b07000000000000000b0b0',
  'agent-1': '61b07000000000000000a9e1',
  'agent-2': '61b07000000000000000a9e2',
  'agent-3': '61b07000000000000000a9e3',
} as const;

export const identities = {
  /** The brand's controlled identity, under which bot and agents write. */
  brand: '61b0700000000000001d0001',
  /** Author of the chat's welcome message. */
  welcome: '61b0700000000000001d0002',
} as const;

/** Facebook's data of a source after `PUT /messenger`. */
export const messengerPage = {
  page_id: '102030405060708',
  app_ids: { bot: '555000000000001', platform: '555000000000002' },
};

export const roles = {
  bot: '61b0700000000000000401e1',
  agent: '61b0700000000000000401e2',
} as const;

export const teamId = '61b070000000000000007ea1';
export const topologyId = '61b070000000000000070901';
/** Of the web chat on the source `chat`. */
export const triggers = {
  whenAgentsAreThere: '61b070000000000000007191',
  /** Executed manually: by a page's code. */
  byCode: '61b070000000000000007192',
} as const;
export const webhookId = '61b0700000000000003eb001';

/** Events to which a bot's webhook should be subscribed. */
export const registeredEvents = [
  'content.imported',
  'content.replied',
  'content.discussion_initiated',
  'content.approved',
  'content.exported',
  'content.thread_closed',
  'content.thread_auto_closed',
  'content.thread_opened',
  'intervention.opened',
  'intervention.assigned',
  'intervention.closed',
  'intervention.canceled',
  'intervention.deferred',
  'intervention.reactivated',
  'intervention.reopened',
  'intervention.user_updated',
  'task.created',
  'task.assigned',
  'task.taken',
  'task.transferred',
  'task.recategorized',
  'task.completed',
  'task.destroyed',
  'task.undelivered',
] as const;
