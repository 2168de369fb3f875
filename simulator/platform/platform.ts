/**
 * What the rules of the platform work on: its state, its time, and a way to tell the world. The rules
 * live beside this file, one kind of thing a file; they change the state and emit events.
 */
import type { Chore, PlatformEvent, State } from '../state.js';

export type Platform = {
  readonly state: State;
  /** Simulated Unix milliseconds, never twice the same: events have an order. */
  readonly now: () => number;
  /** 24 lower-case hex characters, as the platform's. */
  readonly id: () => string;
  /** Journals the event and sends it to the webhooks that want it. */
  readonly emit: (event: Omit<PlatformEvent, 'id' | 'issued_at'>) => PlatformEvent;
  /** Journals only: many things happen of which no webhook tells. */
  readonly journal: (
    name: string,
    about: { userId?: string; infos?: Record<string, string | string[]> },
  ) => void;
  readonly later: (chore: Chore) => void;
  /** Facebook's word to the bot's own app about this customer's thread. */
  readonly tellApp: (customer: string, what: Readonly<Record<string, object>>) => void;
  readonly exportDelay: number;
  /** A channel of one's own takes the content, or it is none of theirs. */
  readonly exportByChannel: (contentId: string, attempt: number) => boolean;
  /** Does the channel refuse the next content? */
  readonly exportFails: () => boolean;
};

/** A refusal as the platform's API gives it. */
export class Refusal extends Error {
  readonly status: 400 | 403 | 404 | 409 | 422 | 429;
  readonly error: string;

  constructor(status: Refusal['status'], error: string, message: string) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

export function notFound(what: string): Refusal {
  return new Refusal(404, 'not_found', `${what} not found`);
}

/** The thing with this id. @throws Refusal 404 */
export function must<T>(things: Readonly<Record<string, T>>, id: string, what: string): T {
  const thing = Object.hasOwn(things, id) ? things[id] : undefined;
  if (thing === undefined) throw notFound(what);
  return thing;
}

/** ISO 8601 with milliseconds. */
export function iso(time: number): string {
  return new Date(time).toISOString();
}
