/** What operator routes need, with nobody behind it but what a test gives. */
import { createCredentials } from '../../api/operator/credentials.js';
import type { OperatorOptions } from '../../api/operator/routes.js';
import { createSessions } from '../../api/operator/session.js';
import type { OperatorSettings } from '../../settings/operators.js';
import type { Emergencies } from '../../temporal/emergencies.js';
import type { OperatedThreads } from '../../temporal/operated-threads.js';
import { recordedDirectory } from './recorded-directory.js';

type Given = Partial<OperatorOptions> & {
  readonly token?: string;
  readonly operators?: Readonly<Record<string, OperatorSettings>>;
};

export function operatorOptions({ token, operators = {}, ...given }: Given): OperatorOptions {
  const credentials = createCredentials(operators, token);
  const counts = { bot: 0, handover: 0, agent: 0, attention: 0 };
  return {
    credentials,
    sessions: createSessions(credentials, { secret: undefined, isHttps: false }),
    emergencies: {} as Emergencies,
    threads: noThreads,
    broken: {
      list: () => Promise.resolve({ threads: [], lookedAt: 0, next: undefined }),
      rebuild: () => Promise.resolve(),
      close: () => Promise.resolve(),
    },
    directory: recordedDirectory(),
    reconciler: { last: () => Promise.resolve([]), close: () => Promise.resolve() },
    names: { sources: [], bots: [] },
    fallbacks: {},
    areWorkersKnown: false,
    workers: { read: () => Promise.resolve([]) },
    counts: () => Promise.resolve(counts),
    sampler: { series: () => [], look: () => Promise.resolve(), close: () => undefined },
    ...given,
  };
}

export const noThreads: OperatedThreads = {
  list: () => Promise.resolve({ threads: [], next: undefined }),
  count: () => Promise.resolve(0),
  see: () => Promise.resolve(undefined),
  find: () => Promise.resolve(undefined),
  command: () => Promise.reject(new Error('no such thread')),
  erase: () => Promise.resolve({ runs: 0, keys: 0 }),
  ofIdentities: () => Promise.resolve({ threads: [], unmarked: 0 }),
  close: () => Promise.resolve(),
};
