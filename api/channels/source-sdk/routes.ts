/** The channel's two doors: the platform's, and the outside bot's, each with a secret of its own. */
import { Hono } from 'hono';
import type { Log } from '../../../log/log.js';
import type { OutsideConversations } from '../../../temporal/outside-conversations.js';
import { createOutsideDoor } from './outside-door.js';
import { createPlatformDoor } from './platform-door.js';
import { createSignedDoor } from './signed.js';

export type SourceSdkOptions = {
  readonly secrets: { readonly sdk: string; readonly bot: string };
  readonly sources: ReadonlyMap<string, { readonly botIdentityId: string }>;
  readonly conversations: OutsideConversations;
};

export function createSourceSdkRoutes(options: SourceSdkOptions, log: Log): Hono {
  const { secrets, ...rest } = options;
  const app = new Hono();
  app.post('/', createSignedDoor(secrets.sdk, createPlatformDoor({ ...rest, log })));
  app.post('/conversations', createSignedDoor(secrets.bot, createOutsideDoor({ ...rest, log })));
  return app;
}
