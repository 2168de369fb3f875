/**
 * The channel's two endpoints: one for the platform and one for the Source SDK bot, each with its own
 * secret.
 */
import { Hono } from 'hono';
import type { Guarded } from '../../limits/guarded.js';
import type { SourceSdkConversations } from '../../../temporal/source-sdk-conversations.js';
import { createBotRoutes } from './bot-routes.js';
import { createPlatformRoutes } from './platform-routes.js';
import { createSignedRoute, sdkError } from './signed.js';

export type SourceSdkOptions = {
  readonly secrets: {
    readonly sdk: string;
    /** Accepted during a rotation. */
    readonly sdkPrevious?: string | undefined;
    readonly bot: string;
  };
  readonly sources: ReadonlyMap<string, { readonly botIdentityId: string }>;
  readonly conversations: SourceSdkConversations;
};

const words = 'too many deliveries in flight; retry';
const again = { fatal: false };

export function createSourceSdkRoutes(options: SourceSdkOptions, guarded: Guarded): Hono {
  const { secrets, ...rest } = options;
  const { log, ...limits } = guarded;
  const platform = createSignedRoute({
    secrets: [secrets.sdk, secrets.sdkPrevious],
    answer: createPlatformRoutes({ ...rest, log }),
    // The platform's documented way to request a retry.
    busy: sdkError(200, words, again),
    ...limits,
  });
  const sourceSdk = createSignedRoute({
    secrets: [secrets.bot],
    answer: createBotRoutes({ ...rest, log }),
    busy: sdkError(503, words, again),
    ...limits,
  });
  const app = new Hono();
  app.post('/', platform);
  app.post('/conversations', sourceSdk);
  return app;
}
