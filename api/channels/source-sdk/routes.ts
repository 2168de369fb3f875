/** The channel's two doors: the platform's, and the outside bot's, each with a secret of its own. */
import { Hono } from 'hono';
import type { Log } from '../../../log/log.js';
import type { OutsideConversations } from '../../../temporal/outside-conversations.js';
import { createOutsideDoor } from './outside-door.js';
import { createPlatformDoor } from './platform-door.js';
import { createSignedDoor } from './signed.js';

export type SourceSdkOptions = {
  readonly secrets: {
    readonly sdk: string;
    /** During a rotation. */
    readonly sdkPrevious?: string | undefined;
    readonly bot: string;
  };
  readonly sources: ReadonlyMap<string, { readonly botIdentityId: string }>;
  readonly conversations: OutsideConversations;
};

export function createSourceSdkRoutes(options: SourceSdkOptions, log: Log): Hono {
  const { secrets, ...rest } = options;
  const app = new Hono();
  const { sdk, sdkPrevious, bot } = secrets;
  app.post('/', createSignedDoor([sdk, sdkPrevious], createPlatformDoor({ ...rest, log })));
  app.post('/conversations', createSignedDoor([bot], createOutsideDoor({ ...rest, log })));
  return app;
}
