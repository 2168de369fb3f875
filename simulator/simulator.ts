/**
 * A faithful Engage Digital on this machine: its REST API, its webhooks, its agents, its faults and its
 * clock, for trying, for tests and for scenarios. Everything it knows is plain data (`state.ts`), kept
 * on disk where a path is given.
 */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createClock } from './clock.js';
import { castDoors } from './doors/cast.js';
import { controlDoors } from './doors/controls.js';
import { DoorError } from './doors/json.js';
import { page } from './doors/page.js';
import { recordDoor } from './doors/record.js';
import { Faults } from './faults.js';
import { newState } from './new-state.js';
import { loadState, Persistence } from './persistence.js';
import { nextChore, runChores } from './platform/chores.js';
import { createPlatform } from './platform/create-platform.js';
import { Refusal } from './platform/platform.js';
import { createRestApp, type Exchange } from './rest/app.js';
import { domainId, registeredEvents, webhookId } from './seed.js';
import type { Webhook } from './state.js';
import { WebhookSender } from './webhooks/sender.js';

export type SimulatorOptions = {
  /** 0: any free one. */
  readonly port: number;
  readonly host?: string;
  /** The bot's user's API token. */
  readonly accessToken: string;
  /** Loaded at start and kept up to date. Without one everything is forgotten at the end. */
  readonly statePath?: string;
  /** The account's one webhook. Without it none is registered. */
  readonly webhook?: {
    readonly url: string;
    readonly secret: string;
    readonly verifyToken: string;
  };
  readonly requestsPerMinute?: number;
  /** Divides the delays of webhook retries and trials. */
  readonly timeScale?: number;
  /** Milliseconds between a reply and its export to the channel. */
  readonly exportDelay?: number;
  readonly onExchange?: (exchange: Exchange) => void;
};

export type Simulator = { readonly url: string; readonly port: number; stop(): Promise<void> };

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const state = loadState(options.statePath) ?? newState();
  const persistence = new Persistence(options.statePath, state);
  const changed = () => persistence.changed();
  const clock = createClock(state);
  const faults = new Faults();
  const { exportDelay = 200, timeScale = 1 } = options;
  const platform = createPlatform({
    state,
    clock,
    exportDelay,
    send: (event) => sender.take(event),
  });
  if (options.webhook) state.webhooks[webhookId] = seededWebhook(options.webhook);
  const { id: newId, journal } = platform;
  const told = (name: string) => journal(name, {});
  const sender: WebhookSender = new WebhookSender({
    ...{ state, clock, faults, domainId, timeScale, newId, changed },
    journal: told,
  });
  clock.drive(
    () => earliest(nextChore(platform), sender.nextDue()),
    () => {
      runChores(platform, clock.now());
      sender.sendDue();
      changed();
    },
  );

  const app = new Hono();
  app.use(async (_, next) => {
    await next();
    changed();
  });
  const { accessToken, requestsPerMinute = 500, onExchange } = options;
  const webhookSaved = (webhook: Webhook) => sender.enable(webhook);
  const rest = {
    platform,
    faults,
    accessToken,
    requestsPerMinute,
    webhookSaved,
    changed,
    onExchange,
  };
  app.route('/', createRestApp(rest) as unknown as Hono);
  castDoors(app, platform);
  controlDoors(app, platform, faults, clock);
  recordDoor(app, state);
  app.get('/', (c) => c.html(page));
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.notFound((c) => c.json({ error: 'not_found', message: 'Not found', status: 404 }, 404));
  app.onError((error, c) => {
    if (error instanceof Refusal) {
      return c.json(
        { error: error.error, message: error.message, status: error.status },
        error.status,
      );
    }
    if (error instanceof DoorError) {
      return c.json({ error: 'refused', message: error.message, field: error.field }, error.status);
    }
    console.error(error);
    return c.json({ error: 'internal', message: 'The simulator failed', status: 500 }, 500);
  });
  return listen(app, options, () => {
    sender.stop();
    clock.stop();
    persistence.write();
  });
}

function seededWebhook(of: NonNullable<SimulatorOptions['webhook']>): Webhook {
  return {
    id: webhookId,
    name: 'baton',
    url: of.url,
    active: true,
    secret: of.secret,
    verify_token: of.verifyToken,
    registered_events: [...registeredEvents],
    webhook_status: 'pending',
    created_at: '2026-01-01T00:00:00.000Z',
  };
}

function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function listen(app: Hono, options: SimulatorOptions, ended: () => void): Promise<Simulator> {
  const { host: hostname = '127.0.0.1', port } = options;
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, (address) => {
      resolve({
        url: `http://${hostname}:${address.port}`,
        port: address.port,
        stop: () =>
          new Promise((done) => {
            if ('closeAllConnections' in server) server.closeAllConnections();
            server.close(() => {
              ended();
              done();
            });
          }),
      });
    });
    server.once('error', reject);
  });
}
