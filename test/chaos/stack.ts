/**
 * Everything that is broken here: Temporal's server on a file, the platform, two workers, and two ingresses
 * behind a load balancer. All but the platform are processes; the platform is in this one, to be watched.
 */
import { EventEmitter } from 'node:events';
import { startRestartableServer } from '../../local/development-server.js';
import type { Server } from '../../local/server.js';
import { secrets } from '../../local/baton.js';
import { connectControl, type SimulatorControl } from '../../simulator/control-client.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import { startHttpWire } from './http-wire.js';
import type { Stage } from './slice.js';
import { openIngress, openWorker, type Cast, type Ingress, type Slot } from './slots.js';

export type Stack = {
  readonly server: Server;
  readonly control: SimulatorControl;
  /** Of ingresses the first is the one that is struck, of workers whichever is at the point first. */
  readonly workers: readonly [Slot, Slot];
  readonly ingresses: readonly [Ingress, Ingress];
  /** Tells of each reply the platform takes, under the id of the content it replies to. */
  readonly replies: EventEmitter;
};

/** Something naive in the place of a role. */
export type Scripts = {
  readonly worker?: string;
  readonly ingress?: string;
  /** Only the first process in the first of both slots is naive: ours is in the other, and takes its place. */
  readonly isFirstOnly?: boolean;
};

const ours = { worker: 'worker/main.ts', ingress: 'api/main.ts' } as const;

/** Retries of deliveries come so much sooner than the platform's. */
const timeScale = 20;
/** A run is long enough after so many events: continue-as-new comes after every turn or two. */
const shortRuns = ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=40'];
const unlimited = 1_000_000;

export async function openStack(stage: Stage, scripts: Scripts = {}): Promise<Stack> {
  const server = await openServer(stage);
  const temporal = server.address;
  const ingresses = await bothOf(castOf('ingress', scripts), (cast) =>
    openIngress(stage, { temporal, ...cast }),
  );
  const balancer = await startHttpWire(ingresses.map(({ address }) => address));
  stage.atTheEnd(() => balancer.close());
  const replies = new EventEmitter().setMaxListeners(0);
  const simulator = await openPlatform(
    stage,
    `http://${balancer.address}/webhooks/engage`,
    replies,
  );
  const platform = new URL(simulator.url).host;
  const workers = await bothOf(castOf('worker', scripts), (cast) =>
    openWorker(stage, { temporal, platform, ...cast }),
  );
  return { server, control: connectControl(simulator.url), workers, ingresses, replies };
}

export async function openServer(stage: Stage): Promise<Server> {
  const server = await startRestartableServer(stage.temporalProgram, shortRuns);
  stage.atTheEnd(() => server.stop());
  return server;
}

type Casts = readonly [Cast, Cast];

/** Who is in the place that is struck, and in the other. */
function castOf(role: keyof typeof ours, { isFirstOnly = false, ...naive }: Scripts): Casts {
  const [script, usual] = [naive[role] ?? ours[role], ours[role]];
  return isFirstOnly ? [{ script, next: usual }, { script: usual }] : [{ script }, { script }];
}

async function bothOf<T>(
  [first, second]: Casts,
  open: (cast: Cast) => Promise<T>,
): Promise<readonly [T, T]> {
  return Promise.all([open(first), open(second)]);
}

async function openPlatform(stage: Stage, url: string, replies: EventEmitter): Promise<Simulator> {
  const simulator = await startSimulator({
    port: 0,
    accessToken: secrets.ENGAGE_TOKEN,
    requestsPerMinute: unlimited,
    timeScale,
    webhook: {
      url,
      secret: secrets.BATON_WEBHOOK_SECRET,
      verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
    },
    onExchange: ({ method, path, status, parameters }) => {
      if (method !== 'POST' || path !== '/1.0/contents' || status >= 300) return;
      replies.emit(String(parameters['in_reply_to_id']));
    },
  });
  stage.atTheEnd(() => simulator.stop());
  return simulator;
}
