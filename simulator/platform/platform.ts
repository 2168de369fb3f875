/**
 * The port of the platform's rules: state, time, events. Each rule file covers one resource; the rules
 * change the state and emit events.
 */
import type { Chore, Content, PlatformEvent, State } from '../state.js';

export type Platform = {
  readonly state: State;
  /** Simulated Unix milliseconds, strictly increasing, so that events have an order. */
  readonly now: () => number;
  /** 24 lower-case hex characters, as the platform's. */
  readonly id: () => string;
  /** Journals the event and sends it to the webhooks that want it. */
  readonly emit: (event: Omit<PlatformEvent, 'id' | 'issued_at'>) => PlatformEvent;
  /** Writes to the journal only: no webhook reports these actions. */
  readonly journal: (
    name: string,
    about: { userId?: string; infos?: Record<string, string | string[]> },
  ) => void;
  readonly later: (chore: Chore) => void;
  /** Facebook's event to the bot's own app about this customer's thread. */
  readonly notifyApp: (customer: string, what: Readonly<Record<string, object>>) => void;
  readonly exportDelay: number;
  /** Exports the content to its custom channel; false if the source is not one. */
  readonly exportByChannel: (contentId: string, attempt: number) => boolean;
  /** Whether the channel refuses this content. */
  readonly exportFails: (content: Content) => boolean;
};

/** An error response in the form of the platform's API. */
export class ApiError extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 422 | 429;
  readonly error: string;

  constructor(status: ApiError['status'], error: string, message: string) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

export function notFound(what: string): ApiError {
  return new ApiError(404, 'not_found', `${what} not found`);
}

/** The object with this id. @throws ApiError 404 */
export function must<T>(things: Readonly<Record<string, T>>, id: string, what: string): T {
  const thing = Object.hasOwn(things, id) ? things[id] : undefined;
  if (thing === undefined) throw notFound(what);
  return thing;
}

/** ISO 8601 with milliseconds. */
export function iso(time: number): string {
  return new Date(time).toISOString();
}
