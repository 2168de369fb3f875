/** The ingress with everything it asks of Temporal written down, by method. No worker is behind it. */
import { createConnectedApp } from '../../api/connected-app.js';
import { createLog } from '../../runtime/log.js';
import { listen } from '../../runtime/listen.js';
import { parseConfig } from '../../settings/load-config.js';
import { operators } from './operators.js';
import { testConfig } from './test-config.js';
import { secrets } from './world.js';

export type CountedIngress = {
  readonly origin: string;
  /** Searches since they were last taken, oldest first: `ListWorkflowExecutions`, `CountWorkflowExecutions`. */
  takeSearches(): readonly string[];
  close(): Promise<void>;
};

export async function startCountedIngress(
  address: string,
  namespace = 'default',
): Promise<CountedIngress> {
  let asked: string[] = [];
  const { app, close } = createConnectedApp(
    {
      namespace,
      connection: {
        address,
        interceptors: [
          (options, next) => {
            asked.push(options.method_definition.path.split('/').at(-1) ?? '');
            return next(options) as never;
          },
        ],
      },
    },
    parseConfig({ ...testConfig(), operators }),
    { environment: secrets, log: createLog('api', 'silent') },
  );
  const server = await listen(app, { hostname: '127.0.0.1', port: 0, setting: 'TEST' });
  return {
    origin: `http://127.0.0.1:${server.port}`,
    takeSearches() {
      const searches = asked.filter((method) => /List|Count/.test(method));
      asked = [];
      return searches;
    },
    async close() {
      await server.close();
      await close();
    },
  };
}
