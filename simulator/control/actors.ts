/** `POST /cast/…`: actions of customers, agents and the administrator. */
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import {
  agentCloses,
  agentDefers,
  agentEngages,
  agentIgnores,
  agentReplies,
  agentTransfers,
  agentWritesNatively,
} from '../platform/agents.js';
import { approve, importContent, importWelcome, initiate } from '../platform/contents.js';
import type { Platform } from '../platform/platform.js';
import { setDefaultCategories, setEmergencyRule } from '../platform/rules.js';
import { categorise } from '../platform/threads.js';
import type { Content, Thread } from '../state.js';
import { findAgent, findCategories, findIdentity, findSource, findThread } from './find.js';
import { ControlError, readJson } from './json.js';

const customerSchema = z
  .strictObject({
    source: z.string(),
    identity: z.string().min(1),
    body: z.string().max(20_000).default(''),
    thread: z.string().optional(),
    payload: z.string().optional(),
    attachment: z.boolean().default(false),
    /** Language as detected by the platform. */
    language: z.string().min(2).optional(),
    /** Filed as spam by the account's rules when it is imported. */
    spam: z.boolean().default(false),
    /** Written by the channel, not by the customer: a welcome message. */
    welcome: z.boolean().default(false),
  })
  .refine(({ body, attachment }) => body !== '' || attachment, {
    path: ['body'],
    message: 'is needed, unless there is an attachment',
  });

export const agentActs = [
  ...(['reply', 'engage', 'defer', 'close', 'recategorize', 'initiate'] as const),
  ...(['transfer', 'ignore', 'approve'] as const),
] as const;

const agentSchema = z.strictObject({
  thread: z.string().optional(),
  agent: z.string().default('agent-1'),
  do: z.enum(agentActs),
  body: z.string().min(1).max(20_000).optional(),
  category_ids: z.array(z.string()).optional(),
  /** Written in the channel's own app. */
  native: z.boolean().default(false),
  /** Of a reply: whether it waits for approval. Default: by the agent's permission on the source. */
  needs_approval: z.boolean().optional(),
  /** Of a transfer: to whom, and whether they accept. */
  to: z.string().optional(),
  accepted: z.boolean().default(true),
  source: z.string().optional(),
  identity: z.string().optional(),
});
type AgentAct = z.output<typeof agentSchema>;

const ruleSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('emergency'), on: z.boolean() }),
  z.strictObject({
    name: z.literal('default-categories'),
    source: z.string().optional(),
    category_ids: z.array(z.string()),
  }),
]);

export function actorRoutes(app: Hono, platform: Platform): void {
  app.post('/cast/customer', async (c) => {
    const said = await readJson(c, customerSchema);
    const source = findSource(platform, said.source);
    const identity = findIdentity(platform, said.identity);
    const thread = said.thread === undefined ? undefined : findThread(platform, said.thread);
    if (said.welcome) {
      if (!thread) throw new ControlError(422, 'thread: a welcome message needs one', 'thread');
      return c.json(toAnswer(importWelcome(platform, thread, said.body)));
    }
    const body = said.attachment && said.body === '' ? null : said.body;
    const { payload, attachment: hasAttachment, language, spam: isSpam } = said;
    const written = { body, payload, hasAttachment, language, isSpam, thread };
    const { content, event } = importContent(platform, source, identity, written);
    return c.json({ ...toAnswer(content), event_id: event.id });
  });
  app.post('/cast/agent', async (c) => {
    const act = await readJson(c, agentSchema);
    const content = actAsAgent(platform, act);
    return c.json(content ? toAnswer(content) : { thread_id: act.thread });
  });
  app.get('/cast/rule', (c) => c.json({ emergency: platform.state.emergency_rule }));
  app.post('/cast/rule', async (c: Context) => {
    const rule = await readJson(c, ruleSchema);
    if (rule.name === 'emergency') setEmergencyRule(platform, rule.on);
    else {
      const given = rule.source === undefined ? undefined : findSource(platform, rule.source).id;
      const ids = given === undefined ? Object.keys(platform.state.sources) : [given];
      setDefaultCategories(platform, ids, findCategories(platform, rule.category_ids));
    }
    return c.json({ done: true });
  });
}

function actAsAgent(platform: Platform, act: AgentAct): Content | undefined {
  const agent = findAgent(platform, act.agent);
  if (act.do === 'initiate') {
    const source = findSource(platform, need(act.source, 'source'));
    const identity = findIdentity(platform, need(act.identity, 'identity'));
    return initiate(platform, source, identity, agent, need(act.body, 'body'));
  }
  const thread = findThread(platform, need(act.thread, 'thread'));
  switch (act.do) {
    case 'reply':
      return act.native
        ? agentWritesNatively(platform, thread, need(act.body, 'body'))
        : agentReplies(platform, thread, agent, {
            body: need(act.body, 'body'),
            needsApproval: act.needs_approval,
          });
    case 'engage':
      agentEngages(platform, thread, agent);
      return undefined;
    case 'defer':
      agentDefers(platform, thread, agent);
      return undefined;
    case 'close':
      agentCloses(platform, thread, agent);
      return undefined;
    case 'recategorize':
      recategorise(platform, thread, need(act.category_ids, 'category_ids'), agent.id);
      return undefined;
    case 'transfer': {
      const to = findAgent(platform, need(act.to, 'to'), 'to');
      agentTransfers(platform, thread, { agent, to, isAccepted: act.accepted });
      return undefined;
    }
    case 'ignore':
      agentIgnores(platform, thread, agent);
      return undefined;
    case 'approve':
      return approve(platform, thread, agent);
  }
}

function recategorise(
  platform: Platform,
  thread: Thread,
  given: readonly string[],
  userId: string,
): void {
  categorise(platform, thread, findCategories(platform, given), userId);
}

function need<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new ControlError(422, `${field}: is needed for this`, field);
  return value;
}

function toAnswer(content: Content): { thread_id: string; content_id: string } {
  return { thread_id: content.thread_id, content_id: content.id };
}
