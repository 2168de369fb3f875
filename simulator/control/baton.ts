/**
 * `GET /baton?thread=…`: proxy to Baton's operator API for the simulator's page, so that no browser gets
 * the token. Baton may be down, which is a valid answer.
 */
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { Platform } from '../platform/platform.js';
import { domainId } from '../seed.js';
import { findThread } from './find.js';
import { ControlError } from './json.js';

export type BatonAddress = {
  readonly url: string;
  readonly token: string;
  /** Timeout in milliseconds; default two seconds. */
  readonly timeout?: number;
};

/** Longer than an answer takes, shorter than a reader would wait. */
const answerWithin = 2_000;

/** Fields that the page uses; others pass unchecked. */
const timelineSchema = z.looseObject({
  now: z.string(),
  why: z.string(),
  phases: z.array(
    z.looseObject({
      phase: z.string(),
      from: z.string(),
      to: z.string().nullable(),
      why: z.string(),
    }),
  ),
});
const threadSchema = z.looseObject({
  thread: z.looseObject({
    deadlines: z.array(z.looseObject({ at: z.string(), words: z.string() })),
    temporalUrl: z.string().nullable(),
  }),
});

type Unanswered = { readonly error: 'baton_away' | 'baton_refused' | 'thread_unknown' };

export function batonRoutes(app: Hono, platform: Platform, baton: BatonAddress | undefined): void {
  app.get('/baton', async (c) => {
    const given = c.req.query('thread');
    if (given === undefined) throw new ControlError(422, 'thread: is needed', 'thread');
    const { id } = findThread(platform, given);
    if (!baton) return c.json({ error: 'baton_unknown' }, 404);
    return answer(c, baton, `${domainId}:${id}`, c.req.query('timeZone') ?? 'UTC');
  });
}

/** @param timeZone time zone of the times within sentences */
async function answer(
  c: Context,
  baton: BatonAddress,
  id: string,
  timeZone: string,
): Promise<Response> {
  const path = `/operator/threads/${id}`;
  const query = `?${new URLSearchParams({ timeZone }).toString()}`;
  const [timeline, view] = await Promise.all([
    ask(baton, `${path}/timeline${query}`, timelineSchema),
    ask(baton, `${path}${query}`, threadSchema),
  ]);
  const unanswered = [timeline, view].find((one) => 'error' in one) as Unanswered | undefined;
  if (unanswered) return c.json(unanswered, unanswered.error === 'thread_unknown' ? 404 : 502);
  const { thread } = view as z.output<typeof threadSchema>;
  const consoleUrl = new URL(`/console/threads/${id}`, baton.url).href;
  return c.json({ timeline, thread, consoleUrl });
}

async function ask<T extends z.ZodType>(
  { url, token, timeout: waitLimit = answerWithin }: BatonAddress,
  path: string,
  schema: T,
): Promise<z.output<T> | Unanswered> {
  try {
    const response = await fetch(new URL(path, url), {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(waitLimit),
      redirect: 'error',
    });
    if (response.ok) return schema.parse(await response.json());
    if (response.status === 404) return { error: 'thread_unknown' };
    const isRefused = response.status === 401 || response.status === 403;
    return { error: isRefused ? 'baton_refused' : 'baton_away' };
  } catch {
    return { error: 'baton_away' };
  }
}
