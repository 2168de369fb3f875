/**
 * Runs scenarios one after the other. Those in simulated time share a server while its time still moves;
 * work that a scenario leaves behind may block it for ever. A scenario in real time has a server of its
 * own.
 */
import type { WorkersOptions } from '../../worker/workers.js';
import type { Scenario } from './parse.js';
import { play } from './run-steps.js';
import { startRestartableServer } from '../../local/development-server.js';
import type { Server } from '../../local/server.js';
import { createSharedWorkers, type SharedWorkers } from '../../local/shared-workers.js';
import { startSkippingServer, type SkippingServer } from '../../local/time-skipping-server.js';
import { restartsWorker, openSession, type Session } from './session.js';
import { formatConversation } from './format.js';
import { unlimited } from '../../local/baton.js';
import type { ScenarioResult } from './result.js';

export type ScenarioRunnerOptions = {
  /** Locates Temporal's servers, called when one is needed. */
  readonly skippingProgram: () => Promise<string>;
  readonly developmentProgram: () => Promise<string>;
  readonly workflowBundle: WorkersOptions['workflowBundle'];
};

export class ScenarioRunner {
  readonly #options: ScenarioRunnerOptions;
  readonly #servers = new Set<Server>();
  #skipping: (SkippingServer & { readonly workers: SharedWorkers }) | undefined;
  #session: Session | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ScenarioRunnerOptions) {
    this.#options = options;
  }

  async run(scenario: Scenario): Promise<ScenarioResult> {
    if (scenario.isRealTime || restartsWorker(scenario)) return this.#performAlone(scenario);
    this.#skipping ??= this.#keep(this.#withWorkers(await this.#startSkipping()));
    const server = this.#skipping;
    try {
      return await this.#performOn(server, scenario, server.workers);
    } finally {
      await this.#useAgain(server);
    }
  }

  /** Runs on a server and workers of its own. */
  async #performAlone(scenario: Scenario): Promise<ScenarioResult> {
    const { developmentProgram } = this.#options;
    const server = this.#keep(
      scenario.isRealTime
        ? await startRestartableServer(await developmentProgram())
        : await this.#startSkipping(),
    );
    try {
      return await this.#performOn(server, scenario);
    } finally {
      await this.#end(server);
    }
  }

  async #startSkipping(): Promise<SkippingServer> {
    return startSkippingServer(await this.#options.skippingProgram());
  }

  async #useAgain(server: SkippingServer): Promise<void> {
    if (await server.canSkip()) return;
    this.#skipping = undefined;
    await this.#end(server);
  }

  #withWorkers(server: SkippingServer) {
    const workers = createSharedWorkers({
      connection: server.nativeConnection,
      namespace: server.namespace,
      workflowBundle: this.#options.workflowBundle,
      engageRequestsPerMinute: unlimited,
    });
    const stop = async () => {
      await workers.stop();
      await server.stop();
    };
    return { ...server, workers, stop };
  }

  async #performOn(
    server: Server,
    scenario: Scenario,
    workers?: SharedWorkers,
  ): Promise<ScenarioResult> {
    const began = Date.now();
    const { workflowBundle } = this.#options;
    const session = await openSession({ scenario, server, workflowBundle, workers });
    this.#session = session;
    try {
      const differences = await play(session, scenario.steps);
      return {
        scenario,
        differences,
        conversation: formatConversation(await session.baton.control.record(), session.beganAt),
        simulated: session.time.now - session.beganAt,
        real: Date.now() - began,
      };
    } finally {
      this.#session = undefined;
      await session.close();
    }
  }

  /** Stops all servers, whatever is in progress. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    await this.#session?.baton.stop();
    for (const server of this.#servers) await this.#end(server);
  }

  #keep<S extends Server>(server: S): S {
    this.#servers.add(server);
    return server;
  }

  async #end(server: Server): Promise<void> {
    this.#servers.delete(server);
    await server.stop();
  }
}
