/**
 * The processes of `npm start`, in the order they need each other, and ended in the reverse of it: the
 * ingress stops accepting, the worker finishes its posts, then the simulator and Temporal go.
 */
import { Connection } from '@temporalio/client';
import { hasRealPlatform, readPorts, type Ports } from '../../settings/environment.js';
import { localServerArguments } from '../../temporal/local-server.js';
import { registerSearchAttributes } from '../../temporal/search-attributes.js';
import { temporalSettings } from '../../temporal/settings.js';
import type { TemporalServer } from '../setup/temporal-server.js';
import { Child } from './child.js';
import { checkPorts } from './free-ports.js';

type Role = 'temporal' | 'simulator' | 'api' | 'worker';
const endOrder: readonly Role[] = ['api', 'worker', 'simulator', 'temporal'];

export class House {
  readonly ports: Ports = readPorts(process.env);
  readonly isReal = hasRealPlatform(process.env);
  readonly #children = new Map<Role, Child>();
  #isEnding = false;

  get isEnding(): boolean {
    return this.#isEnding;
  }

  /** @throws SettingsError naming the variable of each taken port */
  async checkPorts(server: TemporalServer): Promise<void> {
    const { BATON_API_PORT, BATON_SIMULATOR_PORT } = this.ports;
    const { BATON_TEMPORAL_PORT, BATON_TEMPORAL_UI_PORT } = this.ports;
    await checkPorts({
      BATON_API_PORT,
      ...(!this.isReal && { BATON_SIMULATOR_PORT }),
      ...(server.is === 'program' && { BATON_TEMPORAL_PORT, BATON_TEMPORAL_UI_PORT }),
    });
  }

  async startTemporal(server: TemporalServer): Promise<void> {
    if (server.is === 'program') {
      const { BATON_TEMPORAL_PORT: port, BATON_TEMPORAL_UI_PORT: uiPort } = this.ports;
      const args = localServerArguments({ port, uiPort, databasePath: '.baton/temporal.db' });
      const module = 'scripts/start/guarded.ts';
      this.#add('temporal', new Child({ name: 'temporal', module, args: [server.path, ...args] }));
    }
    const { connection: options, namespace } = this.temporal();
    const connection = await this.#reach(options);
    await registerSearchAttributes(connection, namespace);
    await connection.close();
  }

  temporal(): ReturnType<typeof temporalSettings> {
    return temporalSettings(process.env, this.ports.BATON_TEMPORAL_PORT);
  }

  async start(role: 'simulator' | 'api' | 'worker'): Promise<void> {
    const child = this.#add(role, new Child({ name: role, module: `${role}/main.ts` }));
    await child.ready.catch(() => {
      throw new Error(`${role} did not start:\n${child.lastWords()}`);
    });
  }

  async restartWorker(): Promise<void> {
    await this.#children.get('worker')?.kill();
    await this.start('worker');
  }

  /** Resolves when a process ends that should not, with what it said last. */
  async untilBroken(): Promise<string> {
    return Promise.race(
      [...this.#children.values()].map(async (child) => {
        const how = await child.ended;
        return child.hasFailed
          ? `${how}:\n${child.lastWords()}`
          : new Promise<string>(() => undefined);
      }),
    );
  }

  async end(say: (line: string) => void): Promise<void> {
    this.#isEnding = true;
    for (const role of endOrder) {
      const child = this.#children.get(role);
      if (!child) continue;
      await child.end();
      say(`  ${role} has ended`);
    }
  }

  #add(role: Role, child: Child): Child {
    if (this.#isEnding) throw new Error('ended early');
    this.#children.set(role, child);
    return child;
  }

  async #reach(options: ReturnType<typeof temporalSettings>['connection']): Promise<Connection> {
    const patience = Date.now() + 30_000;
    for (;;) {
      try {
        return await Connection.connect({ ...options, connectTimeout: 1_000 });
      } catch (cause) {
        const child = this.#children.get('temporal');
        if (this.#isEnding || child?.hasFailed || Date.now() > patience) {
          const words = child ? `\n${child.lastWords()}` : '';
          throw new Error(`Temporal is not reachable at ${options.address}${words}`, { cause });
        }
      }
    }
  }
}
