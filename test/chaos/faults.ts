/** The faults: what happens to the process at a point, and to its call on the wire. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from '../../local/server.js';
import type { Slot } from './slots.js';
import type { Wire } from '../harness/wires/wire.js';

export type Struck = {
  readonly slot: Slot;
  /** The wire on which calls are held at the point. */
  readonly wire: Wire;
  readonly server: Server;
  /** Resolves when all customers have their reply. */
  readonly othersWentOn: Promise<unknown>;
};

export type Fault = {
  /** Name of the slice. */
  readonly name: string;
  readonly shows: string;
  /** Beginning of a cell's name. */
  readonly what: string;
  readonly strike: (struck: Struck) => Promise<void>;
};

const frozenFor = 15_000;
/** Milliseconds; at some points only the frozen process can continue. */
const frozenAtMost = 45_000;

const kill: Fault = {
  name: 'kill',
  shows: 'SIGKILL at each point; another process takes its place',
  what: 'SIGKILL',
  strike: async ({ slot, wire }) => {
    await slot.program().kill();
    wire.gate.open('is lost');
    await slot.start();
  },
};

/**
 * As in production, answers are delivered to the socket of a frozen process, which reads them when it wakes;
 * requests that it had not sent yet leave only then.
 */
const freeze: Fault = {
  name: 'freeze',
  shows: 'SIGSTOP at each point, for 15 s or more; it wakes when another has gone on',
  what: 'SIGSTOP',
  strike: async ({ slot, wire, othersWentOn }) => {
    slot.program().freeze();
    wire.gate.open('goes on', 'answer');
    await Promise.all([pause(frozenFor), Promise.race([othersWentOn, pause(frozenAtMost)])]);
    slot.program().thaw();
    wire.gate.open('goes on');
  },
};

const cut: Fault = {
  name: 'cut',
  shows: 'each of a process’s connections reset at each point, the call’s included',
  what: 'cut',
  strike: ({ wire }) => {
    wire.cut();
    wire.gate.open('is lost');
    return Promise.resolve();
  },
};

const restart: Fault = {
  name: 'restart',
  shows: 'Temporal’s server killed at each point and started again on its file',
  what: 'server',
  strike: async ({ wire, server }) => {
    await server.restart();
    wire.gate.open('goes on');
  },
};

export const faults = { kill, freeze, cut, restart } as const;
