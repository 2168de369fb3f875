/** `POST /cast/identity`: an agent creates a customer's record, or merges two identities. */
import type { Hono } from 'hono';
import { z } from 'zod';
import { getGroup, merge, unmerge } from '../platform/identities.js';
import type { Platform } from '../platform/platform.js';
import { findIdentity } from './find.js';
import { readJson } from './json.js';

const actSchema = z.discriminatedUnion('do', [
  z.strictObject({ identity: z.string().min(1), do: z.literal('keep') }),
  z.strictObject({
    identity: z.string().min(1),
    do: z.literal('merge'),
    into: z.string().min(1),
  }),
  z.strictObject({ identity: z.string().min(1), do: z.literal('unmerge') }),
]);

export function identityRoutes(app: Hono, platform: Platform): void {
  app.post('/cast/identity', async (c) => {
    const act = await readJson(c, actSchema);
    const identity = findIdentity(platform, act.identity);
    if (act.do === 'keep') getGroup(platform, identity);
    else if (act.do === 'unmerge') unmerge(platform, identity);
    else merge(platform, identity, getGroup(platform, findIdentity(platform, act.into)));
    return c.json({ identity: identity.id, identity_group_id: identity.identity_group_id ?? null });
  });
}
