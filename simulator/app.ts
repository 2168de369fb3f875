/** All routes of the simulator: the platform's API and the simulator controls. */
import { Hono } from 'hono';
import { AccessToken } from './access-token.js';
import type { Clock } from './clock.js';
import { batonRoutes } from './control/baton.js';
import { actorRoutes } from './control/actors.js';
import { faultRoutes } from './control/faults.js';
import { identityRoutes } from './control/identities.js';
import { ControlError } from './control/json.js';
import { mergeRoute } from './control/merge.js';
import { simulatorPage } from './control/page.js';
import { recordRoute } from './control/record.js';
import { threadsRoute } from './control/threads.js';
import { tokenRoute } from './control/token.js';
import type { Faults } from './faults.js';
import { createSimulatorMetrics } from './metrics.js';
import { messengerRoutes } from './messenger/routes.js';
import { graphRoutes } from './messenger/graph.js';
import { ApiError, type Platform } from './platform/platform.js';
import { createRestApp } from './rest/app.js';
import type { Channels } from './sdk/channel.js';
import { sdkRoutes } from './sdk/routes.js';
import { webChatRoutes } from './web-chat/routes.js';
import type { WebhookSender } from './webhooks/sender.js';
import type { SimulatorOptions } from './options.js';

export type Parts = {
  readonly platform: Platform;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly sender: WebhookSender;
  readonly channels: Channels;
  readonly changed: () => void;
};

export function createSimulatorApp(parts: Parts, options: Omit<SimulatorOptions, 'port'>): Hono {
  const { platform, faults, clock, sender, channels, changed } = parts;
  const app = new Hono();
  const metrics = createSimulatorMetrics();
  app.use(async (c, next) => {
    await next();
    metrics.asked(c.req.path.startsWith('/1.0/') ? 'api' : 'control', c.res.status);
    // Reads do not change the state, except that calls of the API are recorded.
    if (c.req.method !== 'GET' || c.req.path.startsWith('/1.0/')) changed();
  });
  const token = new AccessToken(options.accessToken);
  const rest = createRestApp({
    ...{ platform, faults, changed, token },
    requestsPerMinute: options.requestsPerMinute ?? 500,
    minute: options.minute,
    webhookSaved: (webhook) => sender.enable(webhook),
    onExchange: options.onExchange,
  });
  app.route('/', rest as unknown as Hono);
  actorRoutes(app, platform);
  identityRoutes(app, platform);
  mergeRoute(app, platform);
  faultRoutes(app, platform, faults, clock);
  tokenRoute(app, token);
  recordRoute(app, platform.state);
  threadsRoute(app, platform.state);
  batonRoutes(app, platform, options.baton);
  messengerRoutes(app, platform);
  graphRoutes(app, platform, faults);
  webChatRoutes(app, platform);
  sdkRoutes(app, platform, { faults, channels });
  simulatorPage(app);
  app.get('/metrics', async (c) => c.text(await metrics.text()));
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  handleErrors(app);
  return app;
}

function handleErrors(app: Hono): void {
  app.notFound((c) => c.json({ error: 'not_found', message: 'Not found', status: 404 }, 404));
  app.onError((error, c) => {
    if (error instanceof ApiError) {
      const { error: identifier, message, status } = error;
      return c.json({ error: identifier, message, status }, status);
    }
    if (error instanceof ControlError) {
      const { field, message, status } = error;
      return c.json({ error: 'refused', message, field }, status);
    }
    console.error(error);
    return c.json({ error: 'internal', message: 'The simulator failed', status: 500 }, 500);
  });
}
