/**
 * Controls of custom channels: save one (the platform then requests its implementation info), move the
 * queue, show an agent typing.
 */
import type { Hono } from 'hono';
import { z } from 'zod';
import { findThread } from '../control/find.js';
import { ControlError, readJson } from '../control/json.js';
import { iso, type Platform } from '../platform/platform.js';
import { categories, channels as channelIds, communityId, users } from '../seed.js';
import type { Source } from '../state.js';
import { implementationFlaw, implementationSchema } from './implementation.js';
import type { ChannelAnswer, Channels } from './channel.js';

const channelSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  url: z.url(),
  secret: z.string().min(1),
  categories: z.array(z.string()).optional(),
});

const queueSchema = z.strictObject({
  thread: z.string(),
  position: z.number().int().optional(),
  estimated_wait_time: z.number().optional(),
});

const typingSchema = z.strictObject({ thread: z.string(), do: z.enum(['start', 'stop']) });

export function sdkRoutes_(app: Hono, platform: Platform, channels: Channels): void {
  app.put('/sdk', async (c) => {
    const given = await readJson(c, channelSchema);
    const source = saved(platform, given);
    const answer = await channels.call(source, 'implementation.info', {});
    const parsed = implementationSchema.safeParse(answer?.body);
    if (answer?.status !== 200 || !parsed.success) {
      throw new ControlError(422, `url: the endpoint did not list its implemented actions`, 'url');
    }
    const flaw = implementationFlaw(parsed.data);
    if (flaw !== undefined) throw new ControlError(422, `url: ${flaw}`, 'url');
    source.sdk = { url: given.url, secret: given.secret, implementation: parsed.data };
    return c.json({ source_id: source.id, implementation: parsed.data });
  });
  app.get('/sdk/calls', (c) => c.json(platform.state.channel_calls ?? []));
  app.post('/cast/queue', async (c) => {
    const { thread, ...moved } = await readJson(c, queueSchema);
    const option = 'messaging.queuing_update';
    return c.json(
      toAnswer(await callChannel(platform, channels, { thread, option, action: option }, moved)),
    );
  });
  app.post('/cast/typing', async (c) => {
    const { thread, do: what } = await readJson(c, typingSchema);
    const option = 'messaging.typing_indicator';
    const about = { thread, option, action: `typing.${what}` };
    return c.json(toAnswer(await callChannel(platform, channels, about, {})));
  });
}

function saved(platform: Platform, given: z.output<typeof channelSchema>): Source {
  const { state } = platform;
  const source: Source = {
    id: given.id,
    name: given.name,
    type: 'sdk',
    active: true,
    channel_id: channelIds.async,
    community_id: communityId,
    default_category_ids: given.categories ?? [categories.bot],
    time_for_thread_inclusion: 24 * 60 * 60,
    is_realtime: false,
    can_lock: true,
    created_at: iso(platform.now()),
    ...state.sources[given.id],
    sdk: { url: given.url, secret: given.secret, implementation: null },
  };
  state.sources[source.id] = source;
  for (const id of Object.values(users)) {
    const user = state.users[id];
    if (user) user.sources[source.id] = ['read', 'reply'];
  }
  return source;
}

async function callChannel(
  platform: Platform,
  channels: Channels,
  about: { readonly thread: string; readonly option: string; readonly action: string },
  params: object,
): Promise<ChannelAnswer | undefined> {
  const thread = findThread(platform, about.thread);
  const source = platform.state.sources[thread.source_id];
  if (!source?.sdk?.implementation?.options.includes(about.option)) {
    throw new ControlError(422, `thread: its channel has no option ${about.option}`, 'thread');
  }
  return channels.call(source, about.action, { thread_id: thread.foreign_id, ...params });
}

function toAnswer(answer: ChannelAnswer | undefined): object {
  return { status: answer?.status ?? null };
}
