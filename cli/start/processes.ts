/**
 * The processes of `npm start`, started in the order of their dependencies and stopped in reverse: the
 * ingress stops accepting, the worker finishes its posts, then the simulator and Temporal stop.
 */
import { Connection } from '@temporalio/client';
import { StartError } from '../../runtime/start-error.js';
import { hasRealPlatform, readPorts, type Ports } from '../../settings/environment.js';
import { localServerArguments } from '../../temporal/local-server.js';
import { registerSearchAttributes } from '../../temporal/search-attributes.js';
import { temporalSettings } from '../../temporal/settings.js';
import type { TemporalServer } from '../../local/setup/temporal-server.js';
import { findWorkflowBundle } from '../../local/setup/workflow-bundle.js';
import { Child, type ChildOptions } from './child.js';
import { checkPorts } from './check-ports.js';
import { healthOfWorker } from './health-of-worker.js';

type Role = 'temporal' | 'simulator' | 'api' | 'worker';
const endOrder: readonly Role[] = ['api', 'worker', 'simulator', 'temporal'];

export class Stack {
  readonly ports: Ports = readPorts(process.env);
  readonly isReal = hasRealPlatform(process.env);
  /** Resolves when a process ends unexpectedly, with its last output. */
  readonly broken: Promise<string>;
  readonly #children = new Map<Role, Child>();
  #reportBroken: (what: string) => void = () => undefined;
  #isEnding = false;
  /** Lets the ingress link to the Temporal UI; unknown for a server that somebody else runs. */
  #temporalUi: Readonly<Record<string, string>> = {};

  constructor() {
    this.broken = new Promise((resolve) => (this.#reportBroken = resolve));
  }

  get isEnding(): boolean {
    return this.#isEnding;
  }

  /** @throws SettingsError naming the variable of each port in use */
  async checkPorts(server: TemporalServer): Promise<void> {
    const { BATON_API_PORT, BATON_SIMULATOR_PORT } = this.ports;
    const { BATON_TEMPORAL_PORT, BATON_TEMPORAL_UI_PORT, BATON_WORKER_HEALTH_PORT } = this.ports;
    await checkPorts({
      BATON_API_PORT,
      BATON_WORKER_HEALTH_PORT,
      ...(!this.isReal && { BATON_SIMULATOR_PORT }),
      ...(server.is === 'program' && { BATON_TEMPORAL_PORT, BATON_TEMPORAL_UI_PORT }),
    });
  }

  async startTemporal(server: TemporalServer): Promise<void> {
    if (server.is === 'program') {
      const { BATON_TEMPORAL_PORT: port, BATON_TEMPORAL_UI_PORT: uiPort } = this.ports;
      const args = localServerArguments({ port, uiPort, databasePath: '.baton/temporal.db' });
      const module = 'cli/start/guarded-program.ts';
      const ui = process.env['BATON_TEMPORAL_UI_URL'] || `http://127.0.0.1:${uiPort}`;
      this.#temporalUi = { BATON_TEMPORAL_UI_URL: ui };
      this.#add('temporal', module, { args: [server.path, ...args] });
    }
    const { connection: options, namespace } = this.temporal();
    const connection = await this.#reach(options);
    await registerSearchAttributes(connection, namespace);
    await connection.close();
    this.#watch('temporal');
  }

  temporal(): ReturnType<typeof temporalSettings> {
    return temporalSettings(process.env, this.ports.BATON_TEMPORAL_PORT);
  }

  async start(role: 'simulator' | 'api' | 'worker'): Promise<void> {
    const env = {
      ...healthOfWorker(this.ports, process.env),
      ...this.#temporalUi,
      ...(role === 'worker' && { BATON_WORKFLOW_BUNDLE: await bundleFor(process.env) }),
    };
    const child = this.#add(role, `${role}/main.ts`, { env });
    await child.ready.catch(() => {
      throw new StartError(`${role} did not start:\n${child.lastWords()}`);
    });
    this.#watch(role);
  }

  async restartWorker(): Promise<void> {
    await this.#children.get('worker')?.kill();
    await this.start('worker');
  }

  async end(say: (line: string) => void): Promise<void> {
    this.#isEnding = true;
    if (this.#children.size > 0) say('\nEnding');
    for (const role of endOrder) {
      const child = this.#children.get(role);
      if (!child) continue;
      await child.end();
      say(`  ${role} has ended`);
    }
  }

  #add(role: Role, module: string, more: Pick<ChildOptions, 'args' | 'env'>): Child {
    if (this.#isEnding) throw new StartError('ended early');
    const child = new Child({ name: role, module, ...more });
    this.#children.set(role, child);
    return child;
  }

  /** From here on the process is expected to keep running. */
  #watch(role: Role): void {
    const child = this.#children.get(role);
    void child?.ended.then((how) => {
      if (child.hasFailed) this.#reportBroken(`${how}:\n${child.lastWords()}`);
    });
  }

  async #reach(options: ReturnType<typeof temporalSettings>['connection']): Promise<Connection> {
    const timeout = Date.now() + 30_000;
    for (;;) {
      try {
        return await Connection.connect({ ...options, connectTimeout: 1_000 });
      } catch (cause) {
        const child = this.#children.get('temporal');
        if (this.#isEnding || child?.hasFailed || Date.now() > timeout) {
          const words = child ? `\n${child.lastWords()}` : '';
          throw new StartError(`Temporal is not reachable at ${options.address}${words}`, {
            cause,
          });
        }
      }
    }
  }
}

/** The bundle that the environment names, or the cached one. */
async function bundleFor(env: NodeJS.ProcessEnv): Promise<string> {
  const isEncrypting = (env['BATON_ENCRYPTION_KEYS'] ?? '') !== '';
  return env['BATON_WORKFLOW_BUNDLE'] ?? findWorkflowBundle({ isEncrypting });
}
