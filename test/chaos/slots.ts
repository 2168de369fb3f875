/**
 * One process of Baton with its own wires to Temporal and to the platform, so that it can be struck while the
 * others go on. A slot outlives its process: another takes its place, as under an orchestrator.
 */
import { freePort } from '../../local/free-ports.js';
import type { Program } from '../harness/program.js';
import { startIngress, startWorker } from '../harness/roles.js';
import { startHttpWire } from '../harness/wires/http-wire.js';
import { startTemporalWire } from '../harness/wires/temporal-wire.js';
import type { Wire } from '../harness/wires/wire.js';
import type { Context } from './slice.js';

export type Slot = {
  readonly wires: { readonly temporal: Wire; readonly platform?: Wire };
  /** The process that is in the slot now. */
  program(): Program;
  /** Starts a process in the slot, after the one before has been killed. */
  start(): Promise<void>;
};

/** The first script in a slot, and the one that takes its place; by default the same. */
export type Scripts = { readonly script: string; readonly next?: string };

const config = 'test/chaos/config.ts';
const env = { BATON_LOG_LEVEL: 'silent' };

export async function openWorker(
  context: Context,
  at: Scripts & { readonly temporal: string; readonly platform: string },
): Promise<Slot> {
  const temporal = await startTemporalWire(at.temporal);
  const platform = await startHttpWire([at.platform]);
  return openSlot(context, at, { temporal, platform }, (script) =>
    startWorker(context, {
      ...{ script, temporal, config, env },
      engageUrl: `http://${platform.address}`,
      workflowBundle: context.workflowBundle.codePath,
    }),
  );
}

export type IngressSlot = Slot & { readonly address: string };

export async function openIngress(
  context: Context,
  at: Scripts & { readonly temporal: string },
): Promise<IngressSlot> {
  const port = await freePort();
  const temporal = await startTemporalWire(at.temporal);
  const slot = await openSlot(context, at, { temporal }, async (script) => {
    const { program } = await startIngress(context, { script, temporal, config, env, port });
    return program;
  });
  return { ...slot, address: `127.0.0.1:${port}` };
}

async function openSlot(
  context: Context,
  { script, next = script }: Scripts,
  wires: Slot['wires'],
  begin: (script: string) => Promise<Program>,
): Promise<Slot> {
  context.atTheEnd(async () => {
    await wires.temporal.close();
    await wires.platform?.close();
  });
  let program = await begin(script);
  return {
    wires,
    program: () => program,
    start: async () => {
      program = await begin(next);
    },
  };
}
