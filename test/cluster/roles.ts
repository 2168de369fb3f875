/** Baton's processes on the cluster, started as production starts them: worker and ingress, several of each. */
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../local/free-ports.js';
import { secrets } from '../../local/baton.js';
import { Program, type Ending } from './program.js';

export type RoleOptions = {
  /** In the log's name. */
  readonly name: string;
  readonly folder: string;
  readonly temporalAddress: string;
  readonly workflowBundle: string;
  /** Something naive in its place. */
  readonly script?: string;
  /** Variables other than usual. */
  readonly env?: Readonly<Record<string, string>>;
};

const unlimited = '1000000';

/** @returns when it takes work */
export function startWorker(
  stage: Ending,
  engageUrl: string,
  { script = 'worker/main.ts', ...options }: RoleOptions,
): Promise<Program> {
  return startRole(stage, script, options, {
    ENGAGE_URL: engageUrl,
    ENGAGE_TOKEN: secrets.ENGAGE_TOKEN,
    ENGAGE_REQUESTS_PER_MINUTE: unlimited,
    BATON_WORKFLOW_BUNDLE: options.workflowBundle,
  });
}

export type Ingress = { readonly url: string; readonly program: Program };

/** @returns when it listens */
export async function startIngress(
  stage: Ending,
  { script = 'api/main.ts', ...options }: RoleOptions,
): Promise<Ingress> {
  const port = await freePort();
  const { BATON_WEBHOOK_SECRET, BATON_WEBHOOK_VERIFY_TOKEN } = secrets;
  const program = await startRole(stage, script, options, {
    ...{ BATON_WEBHOOK_SECRET, BATON_WEBHOOK_VERIFY_TOKEN, BATON_API_PORT: `${port}` },
  });
  return { url: `http://127.0.0.1:${port}`, program };
}

function startRole(
  stage: Ending,
  script: string,
  { name, folder, temporalAddress, env = {} }: RoleOptions,
  own: Readonly<Record<string, string>>,
): Promise<Program> {
  return Program.opened(stage, {
    name,
    command: process.execPath,
    args: ['--import', 'tsx', script],
    logPath: join(folder, `${name}.log`),
    env: {
      ...withoutOurs(process.env),
      TEMPORAL_ADDRESS: temporalAddress,
      BATON_CONFIG: 'test/cluster/business.ts',
      BATON_LOG_LEVEL: 'warn',
      ...own,
      ...env,
    },
    ready: (child) => once(child, 'message'),
  });
}

/** A person's own settings are for their own Baton. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const theirs = Object.entries(env).filter(([name]) => !/^(BATON|ENGAGE|TEMPORAL)_/.test(name));
  return Object.fromEntries(theirs);
}
