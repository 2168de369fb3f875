/** The channel's two doors: the platform's, and the outside bot's, each with a secret of its own. */
import { Hono } from 'hono';
import type { Guarded } from '../../limits/guarded.js';
import type { OutsideConversations } from '../../../temporal/outside-conversations.js';
import { createOutsideDoor } from './outside-door.js';
import { createPlatformDoor } from './platform-door.js';
import { createSignedDoor, sdkError } from './signed.js';

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

const words = 'more comes than can be taken in: send again';
const again = { fatal: false };

export function createSourceSdkRoutes(options: SourceSdkOptions, guarded: Guarded): Hono {
  const { secrets, ...rest } = options;
  const { log, ...limits } = guarded;
  const platform = createSignedDoor({
    secrets: [secrets.sdk, secrets.sdkPrevious],
    answer: createPlatformDoor({ ...rest, log }),
    // The platform's documented way to be asked for another try.
    busy: sdkError(200, words, again),
    ...limits,
  });
  const outside = createSignedDoor({
    secrets: [secrets.bot],
    answer: createOutsideDoor({ ...rest, log }),
    busy: sdkError(503, words, again),
    ...limits,
  });
  const app = new Hono();
  app.post('/', platform);
  app.post('/conversations', outside);
  return app;
}
