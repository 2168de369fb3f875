/** Options of a simulator. */
import type { State } from './state.js';
import type { BatonAddress } from './control/baton.js';
import type { Exchange } from './rest/app.js';

export type SimulatorOptions = {
  /** 0: any free port. */
  readonly port: number;
  readonly host?: string;
  /** API token of the bot's user. */
  readonly accessToken: string;
  /** Loaded at start and kept up to date. Absent: state is kept in memory only. */
  readonly statePath?: string;
  /** Initial account if none was loaded; by default a fresh one. */
  readonly account?: State;
  /** The account's one webhook; absent: none is registered. */
  readonly webhook?: {
    readonly url: string;
    readonly secret: string;
    readonly verifyToken: string;
  };
  /** Address of Baton's operator API, for thread states on the page; absent: not shown. */
  readonly baton?: BatonAddress;
  readonly requestsPerMinute?: number;
  /** Length of a minute of the rate limit, in milliseconds. */
  readonly minute?: number;
  /** Divides the delays of webhook retries and trials. */
  readonly timeScale?: number;
  /** Time moves by `POST /clock` only, so that a test decides when a delay is over. */
  readonly isClockStanding?: boolean;
  /** Milliseconds between a reply and its export to the channel. */
  readonly exportDelay?: number;
  readonly onExchange?: (exchange: Exchange) => void;
};
