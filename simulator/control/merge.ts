/** `POST /cast/thread`: an agent merges a thread into another. */
import type { Hono } from 'hono';
import { z } from 'zod';
import { mergeThreads } from '../platform/merge.js';
import type { Platform } from '../platform/platform.js';
import { findAgent, findThread } from './find.js';
import { readJson } from './json.js';

const schema = z.strictObject({
  thread: z.string(),
  do: z.literal('merge'),
  into: z.string(),
  agent: z.string().default('agent-1'),
});

export function mergeRoute(app: Hono, platform: Platform): void {
  app.post('/cast/thread', async (c) => {
    const act = await readJson(c, schema);
    const into = findThread(platform, act.into, 'into');
    const agent = findAgent(platform, act.agent);
    mergeThreads(platform, findThread(platform, act.thread), into, agent.id);
    return c.json({ thread_id: into.id });
  });
}
