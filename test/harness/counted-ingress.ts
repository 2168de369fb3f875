/** The ingress with everything it asks of Temporal written down, by method. No worker is behind it. */
import { startIngress } from '../../local/baton.js';
import { parseConfig } from '../../settings/load-config.js';
import { operators } from './operators.js';
import { testConfig } from './test-config.js';

export type CountedIngress = {
  readonly origin: string;
  /** Searches since they were last taken, oldest first: `ListWorkflowExecutions`, `CountWorkflowExecutions`. */
  takeSearches(): readonly string[];
  close(): Promise<void>;
};

export async function startCountedIngress(
  address: string,
  namespace?: string,
): Promise<CountedIngress> {
  let asked: string[] = [];
  const business = parseConfig({ ...testConfig(), operators });
  const ingress = await startIngress(address, business, 0, {
    namespace,
    interceptors: [
      (options, next) => {
        asked.push(options.method_definition.path.split('/').at(-1) ?? '');
        return next(options) as never;
      },
    ],
  });
  return {
    origin: new URL(ingress.webhookUrl).origin,
    takeSearches() {
      const searches = asked.filter((method) => /List|Count/.test(method));
      asked = [];
      return searches;
    },
    close: () => ingress.close(),
  };
}
