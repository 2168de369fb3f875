/**
 * Baton's processes as they run for a business: each in a slot of its own, with its own wires to Temporal and
 * to the platform, so that one can be struck and the other goes on. A slot outlives its process.
 */
import { freePort } from '../../local/free-ports.js';
import { secrets } from '../../local/baton.js';
import type { Stage } from './slice.js';
import { startHttpWire } from './http-wire.js';
import { startRole, type RoleProcess } from './role-process.js';
import { startTemporalWire } from './temporal-wire.js';
import type { Wire } from './wire.js';

export type Slot = {
  readonly wires: { readonly temporal: Wire; readonly platform?: Wire };
  /** Who is there now. */
  process(): RoleProcess;
  /** Somebody new, as an orchestrator would put there. */
  start(): Promise<void>;
};

/** A script in a slot, and which takes its place when it has gone; without one the same again. */
export type Cast = { readonly script: string; readonly next?: string };

const unlimited = '1000000';

export async function openWorker(
  stage: Stage,
  at: Cast & { readonly temporal: string; readonly platform: string },
): Promise<Slot> {
  const temporal = await startTemporalWire(at.temporal);
  const platform = await startHttpWire([at.platform]);
  return openSlot(stage, at, { temporal, platform }, (script) =>
    startRole(script, {
      TEMPORAL_ADDRESS: temporal.address,
      ENGAGE_URL: `http://${platform.address}`,
      ENGAGE_TOKEN: secrets.ENGAGE_TOKEN,
      ENGAGE_REQUESTS_PER_MINUTE: unlimited,
      BATON_CONFIG: 'test/chaos/config.ts',
      BATON_WORKFLOW_BUNDLE: stage.workflowBundle.codePath,
    }),
  );
}

export type Ingress = Slot & { readonly address: string };

export async function openIngress(
  stage: Stage,
  at: Cast & { readonly temporal: string },
): Promise<Ingress> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const temporal = await startTemporalWire(at.temporal);
  const slot = await openSlot(stage, at, { temporal }, (script) =>
    startRole(script, {
      TEMPORAL_ADDRESS: temporal.address,
      BATON_API_PORT: `${port}`,
      BATON_WEBHOOK_SECRET: secrets.BATON_WEBHOOK_SECRET,
      BATON_WEBHOOK_VERIFY_TOKEN: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
      BATON_CONFIG: 'test/chaos/config.ts',
    }),
  );
  return { ...slot, address };
}

async function openSlot(
  stage: Stage,
  { script, next = script }: Cast,
  wires: Slot['wires'],
  begin: (script: string) => Promise<RoleProcess>,
): Promise<Slot> {
  let there = await begin(script);
  stage.atTheEnd(async () => {
    await there.kill();
    await wires.temporal.close();
    await wires.platform?.close();
  });
  return {
    wires,
    process: () => there,
    start: async () => {
      there = await begin(next);
    },
  };
}
