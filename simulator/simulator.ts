/**
 * A simulated Engage Digital on this machine: REST API, webhooks, agents, faults and clock, for
 * demonstrations, tests and scenarios. Its whole state is plain data (`state.ts`), kept on disk if a path
 * is given.
 */
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { createSimulatorApp, type Parts } from './app.js';
import { createClock } from './clock.js';
import { Faults } from './faults.js';
import { newState } from './new-state.js';
import { loadState, Persistence } from './persistence.js';
import { nextChore, runChores } from './platform/chores.js';
import { createPlatform } from './platform/create-platform.js';
import type { Platform } from './platform/platform.js';
import { customerOfThread } from './platform/threads.js';
import { MessengerSender } from './messenger/sender.js';
import { createChannels } from './sdk/channel.js';
import { domainId, registeredEvents, webhookId } from './seed.js';
import type { Content, State, Webhook } from './state.js';
import { WebhookSender } from './webhooks/sender.js';
import type { SimulatorOptions } from './options.js';

export type Simulator = { readonly url: string; readonly port: number; stop(): Promise<void> };

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { app, stop } = createSimulator(options);
  return listen(app, options, stop);
}

/** The simulator without its port: its routes, and its platform for tests that act on it directly. */
export type SimulatorParts = Parts & { readonly app: Hono; readonly stop: () => void };

export function createSimulator(options: Omit<SimulatorOptions, 'port'>): SimulatorParts {
  const state = loadState(options.statePath) ?? options.account ?? newState();
  if (options.webhook) state.webhooks[webhookId] = seededWebhook(options.webhook);
  const persistence = new Persistence(options.statePath, state);
  const clock = createClock(state, options.isClockStanding);
  const faults = new Faults();
  const changed = () => persistence.changed();
  const channels = createChannels({ platform: () => platform, clock, faults, changed });
  const platform: Platform = createPlatform({
    ...{ state, clock },
    exportByChannel: (id, attempt) => channels.exports(id, attempt),
    exportDelay: options.exportDelay ?? 200,
    exportFails: (content) => refusesExport(state, faults, content),
    send: (event) => sender.take(event),
    notifyApp: (customer, what) => messenger.notify(customer, what),
  });
  const messenger = new MessengerSender(state, faults, () => clock.now());
  const sender: WebhookSender = new WebhookSender({
    ...{ state, clock, faults, domainId, changed },
    timeScale: options.timeScale ?? 1,
    newId: platform.id,
    journal: (name) => platform.journal(name, {}),
  });
  clock.drive(
    () => earliest(nextChore(platform), sender.nextDue()),
    async () => {
      runChores(platform, clock.now());
      await sender.sendDue();
      changed();
    },
  );
  const parts = { platform, faults, clock, sender, channels, changed };
  const app = createSimulatorApp(parts, options);
  const stop = () => {
    for (const part of [sender, messenger, clock]) part.stop();
    persistence.end();
  };
  return { ...parts, app, stop };
}

function refusesExport(state: State, faults: Faults, { thread_id: thread }: Content): boolean {
  const customer = customerOfThread(state, thread);
  return faults.strikes('export-failure', { type: 'content.exported', customer });
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
