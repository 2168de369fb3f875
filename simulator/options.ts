/** What a simulator is started with. */
import type { State } from './state.js';
import type { BatonAddress } from './control/baton.js';
import type { Exchange } from './rest/app.js';

export type SimulatorOptions = {
  /** 0: any free one. */
  readonly port: number;
  readonly host?: string;
  /** The bot's user's API token. */
  readonly accessToken: string;
  /** Loaded at start and kept up to date. Without one everything is forgotten at the end. */
  readonly statePath?: string;
  /** The account to begin with where nothing was loaded; without it a fresh one. */
  readonly account?: State;
  /** The account's one webhook. Without it none is registered. */
  readonly webhook?: {
    readonly url: string;
    readonly secret: string;
    readonly verifyToken: string;
  };
  /** Whose operator API tells the page how it stands with a thread. Without it the page tells nothing. */
  readonly baton?: BatonAddress;
  readonly requestsPerMinute?: number;
  /** How long a minute of that limit is, in milliseconds. */
  readonly minute?: number;
  /** Divides the delays of webhook retries and trials. */
  readonly timeScale?: number;
  /** Time passes only by `POST /clock`, so that a test says when a job is over. */
  readonly isClockStanding?: boolean;
  /** Milliseconds between a reply and its export to the channel. */
  readonly exportDelay?: number;
  readonly onExchange?: (exchange: Exchange) => void;
};
