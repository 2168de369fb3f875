/**
 * Baton on a real Temporal server whose time is skipped: real workers, a real ingress on a port, and the same
 * platform as in simulated worlds, on a port too. All clocks are moved in step, as in scenarios.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { endDirectory, readDirectory } from '../../../cli/scenario/directory.js';
import { Time } from '../../../cli/scenario/time.js';
import { Watch } from '../../../cli/scenario/watch.js';
import {
  secrets,
  startBaton,
  unlimited,
  type Baton,
  type BatonOptions,
} from '../../../local/baton.js';
import type { Server } from '../../../local/server.js';
import { listen } from '../../../runtime/listen.js';
import type { BusinessSettings } from '../../../settings/business.js';
import { connectControl } from '../../../simulator/control-client.js';
import { newState } from '../../../simulator/new-state.js';
import { webhookId } from '../../../simulator/seed.js';
import { createSimulator, type SimulatorParts } from '../../../simulator/simulator.js';
import type { State } from '../../../simulator/state.js';
import type { Scope } from '../../../workflows/contract/index.js';
import type { Cards } from '../world/outcome.js';
import type { Stage } from '../world/stage.js';

type Platform = SimulatorParts & { readonly url: string; close(): Promise<void> };

export type RealWorldOptions = {
  /** Its clock stands where the plan begins. */
  readonly server: Server;
  readonly business: BusinessSettings;
  readonly workflowBundle: BatonOptions['workflowBundle'];
};

/** Opens it, with the webhook enabled and the directory read. */
export async function openRealWorld(options: RealWorldOptions): Promise<RealWorld> {
  const { server, business, workflowBundle } = options;
  const account = newState();
  account.clock_offset = (await server.now()) - Date.now();
  const baton = await startBaton(
    {
      ...{ temporal: server, business, workflowBundle, isInMainThread: true },
      now: () => Date.now() + account.clock_offset,
      // The time-skipping server waits for ever for a worker that had a thread cached and is gone.
      cachedThreads: 0,
    },
    (webhookUrl) => openPlatform(webhookUrl, account),
  );
  await baton.startWorkers();
  while (account.webhooks[webhookId]?.webhook_status !== 'enabled') await pause(10);
  await readDirectory(server, business);
  return new RealWorld(server, baton, account);
}

async function openPlatform(webhookUrl: string, account: State): Promise<Platform> {
  const parts = createSimulator({
    ...{ account, accessToken: secrets.ENGAGE_TOKEN, requestsPerMinute: unlimited },
    webhook: {
      url: webhookUrl,
      secret: secrets.BATON_WEBHOOK_SECRET,
      verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
    },
  });
  const hostname = '127.0.0.1';
  const listening = await listen(parts.app, { hostname, port: 0, setting: 'no setting' });
  const stopped = async () => {
    parts.stop();
    await listening.close();
  };
  return { ...parts, url: `http://${hostname}:${listening.port}`, close: stopped };
}

export class RealWorld implements Stage {
  readonly simulator: SimulatorParts;
  readonly operator: Client;
  emergency: Scope | undefined;
  readonly #server: Server;
  readonly #baton: Baton<Platform>;
  readonly #watch: Watch;
  readonly #time: Time;
  /** What operators and machines have begun. */
  readonly #begun = new Set<Promise<unknown>>();
  #updates = 0;

  constructor(server: Server, baton: Baton<Platform>, account: State) {
    this.#server = server;
    this.#baton = baton;
    this.simulator = baton.platform;
    this.operator = new Client({ connection: server.connection, namespace: server.namespace });
    this.#watch = new Watch(server.workflows, baton.inFlight);
    const control = connectControl(baton.platform.url);
    const watch = this.#watch;
    this.#time = new Time({ server, control, account, watch, isOutage: () => false });
  }

  /** Unix milliseconds, simulated. */
  get now(): number {
    return this.#time.now;
  }

  /** An act is over: what it has begun is finished before time goes on. */
  async acted(): Promise<void> {
    for (const id of Object.keys(this.simulator.platform.state.threads)) this.#watch.add(id);
    this.#time.stir();
    await Promise.allSettled(this.#begun);
    this.#begun.clear();
  }

  /** Time passes until then, if it has not passed already. */
  async runUntil(time: number): Promise<void> {
    if (time > this.now) await this.#time.pass(time - this.now, () => Promise.resolve(false));
  }

  /** By thread id; a thread without a running workflow has none. */
  async cards(): Promise<Cards> {
    const { cards } = await this.#watch.look();
    return new Map(cards.map((card) => [card.threadId, card]));
  }

  withDeadline<T>(milliseconds: number, call: () => Promise<T>): Promise<T> {
    return this.#begin(this.operator.withDeadline(Date.now() + milliseconds, call));
  }

  nextUpdateId(): string {
    this.#updates += 1;
    return `update-${this.#updates}`;
  }

  /** All workers end, and others take their place. */
  startWorkers(): void {
    const replaced = async () => {
      await this.#baton.stopWorkers();
      await this.#baton.startWorkers();
    };
    void this.#begin(replaced());
  }

  readonly stopWorkers = notPlayed;
  readonly killWorker = notPlayed;
  readonly setConditions = notPlayed;
  readonly reconcile = notPlayed;
  readonly outsideBot = { customerWrites: notPlayed };
  readonly time = { after: notPlayed };

  #begin<T>(work: Promise<T>): Promise<T> {
    this.#begun.add(work);
    return work;
  }

  async close(): Promise<void> {
    await this.#watch.end();
    await endDirectory(this.#server);
    await this.#baton.platform.close();
    await this.#baton.stop();
  }
}

function notPlayed(): never {
  throw new Error('a plan for a real server has no such act');
}
