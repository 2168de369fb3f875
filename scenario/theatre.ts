/**
 * Plays scenarios one after the other, each on a server of its own: on the server that skips time, what
 * one leaves in hand when it ends would hold the time of all that follow.
 */
import type { WorkersOptions } from '../worker/workers.js';
import type { Scenario } from './parse.js';
import { play, type FoundDifference } from './play.js';
import { startRestartableServer } from './restartable-server.js';
import type { Server } from './server.js';
import { startSkippingServer } from './skipping-server.js';
import { setStage, type Stage } from './stage.js';
import { tellConversation } from './tell.js';

export type TheatreOptions = {
  /** Where Temporal's servers are, asked when one is needed. */
  readonly skippingProgram: () => Promise<string>;
  readonly developmentProgram: () => Promise<string>;
  readonly workflowBundle: WorkersOptions['workflowBundle'];
};

export type Performance = {
  readonly scenario: Scenario;
  readonly differences: readonly FoundDifference[];
  /** What was said, by whom and when. */
  readonly conversation: readonly string[];
  /** Milliseconds. */
  readonly simulated: number;
  readonly real: number;
};

export class Theatre {
  readonly #options: TheatreOptions;
  readonly #servers = new Set<Server>();
  #stage: Stage | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: TheatreOptions) {
    this.#options = options;
  }

  async perform(scenario: Scenario): Promise<Performance> {
    const server = this.#keep(await this.#serverFor(scenario));
    return this.#performOn(server, scenario).finally(() => this.#end(server));
  }

  async #serverFor({ isRealTime }: Scenario): Promise<Server> {
    const { skippingProgram, developmentProgram } = this.#options;
    return isRealTime
      ? startRestartableServer(await developmentProgram())
      : startSkippingServer(await skippingProgram());
  }

  async #performOn(server: Server, scenario: Scenario): Promise<Performance> {
    const began = Date.now();
    const { workflowBundle } = this.#options;
    const stage = await setStage({ scenario, server, workflowBundle });
    this.#stage = stage;
    try {
      const differences = await play(stage, scenario.steps);
      return {
        scenario,
        differences,
        conversation: tellConversation(await stage.baton.doors.record(), stage.beganAt),
        simulated: stage.time.now - stage.beganAt,
        real: Date.now() - began,
      };
    } finally {
      this.#stage = undefined;
      await stage.close();
    }
  }

  /** Whatever is going on: no server is left behind. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    await this.#stage?.baton.stop();
    for (const server of this.#servers) await this.#end(server);
  }

  #keep(server: Server): Server {
    this.#servers.add(server);
    return server;
  }

  async #end(server: Server): Promise<void> {
    this.#servers.delete(server);
    await server.stop();
  }
}
