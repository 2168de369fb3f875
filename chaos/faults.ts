/** The faults: what is done to the process that is at a point, and what becomes of its call on the wire. */
import type { Server } from '../scenario/server.js';
import type { Slot } from './slots.js';
import type { Wire } from './wire.js';

export type Struck = {
  readonly slot: Slot;
  /** The wire on which calls are held at the point. */
  readonly wire: Wire;
  readonly server: Server;
};

export type Fault = {
  /** As a slice is called. */
  readonly name: string;
  readonly shows: string;
  /** As a cell begins. */
  readonly what: string;
  readonly strike: (struck: Struck) => Promise<void>;
};

const frozenFor = 15_000;

const kill: Fault = {
  name: 'kill',
  shows: 'SIGKILL at each point; another process takes its place',
  what: 'SIGKILL',
  strike: async ({ slot, wire }) => {
    await slot.process().kill();
    wire.gate.open('is lost');
    await slot.start();
  },
};

/**
 * An answer reaches a frozen process as it does in life: it is in its hand when it wakes. What it had not
 * sent yet goes out only then.
 */
const freeze: Fault = {
  name: 'freeze',
  shows: 'SIGSTOP at each point; it wakes after 15 s, when another has gone on',
  what: 'SIGSTOP',
  strike: async ({ slot, wire }) => {
    slot.process().freeze();
    wire.gate.open('goes on', 'answer');
    await new Promise((resolve) => setTimeout(resolve, frozenFor));
    slot.process().thaw();
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
