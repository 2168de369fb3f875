/**
 * Baton's roles as processes, with the environment that production gives them: worker and ingress, or a naive
 * script in the place of one. Variables of the person who runs this are not passed on.
 */
import { resolve } from 'node:path';
import { freePort } from '../../local/free-ports.js';
import { secrets, unlimited } from '../../local/secrets.js';
import { roleCommand } from './compiled.js';
import { firstMessage, Program, type Cleanup, type ProgramOptions } from './program.js';
import { root } from './source-files.js';

export type RoleOptions = {
  /** For error messages. */
  readonly name?: string;
  readonly temporal: { readonly address: string; readonly namespace?: string | undefined };
  /** Path of the business settings. */
  readonly config: string;
  /** Replaces the role by a naive one. */
  readonly script?: string | undefined;
  /** Default: the output is kept in memory. */
  readonly logPath?: string | undefined;
  /** Overrides the usual variables. */
  readonly env?: Readonly<Record<string, string>> | undefined;
};

export type WorkerOptions = RoleOptions & {
  readonly engageUrl: string;
  readonly workflowBundle: string;
};

export type IngressOptions = RoleOptions & {
  /** Default: a free port. */
  readonly port?: number;
};

export type Ingress = {
  /** `127.0.0.1:4711` */
  readonly address: string;
  readonly program: Program;
};

/** Resolves when the worker polls for work. */
export function startWorker(cleanup: Cleanup, options: WorkerOptions): Promise<Program> {
  return Program.opened(cleanup, workerProgram(options));
}

/** Resolves when the ingress listens. */
export async function startIngress(cleanup: Cleanup, options: IngressOptions): Promise<Ingress> {
  const port = options.port ?? (await freePort());
  const program = await Program.opened(cleanup, ingressProgram({ ...options, port }));
  return { address: `127.0.0.1:${port}`, program };
}

export function workerProgram(options: WorkerOptions): ProgramOptions {
  return roleProgram('worker/main.ts', options, {
    ENGAGE_URL: options.engageUrl,
    ENGAGE_TOKEN: secrets.ENGAGE_TOKEN,
    ENGAGE_REQUESTS_PER_MINUTE: `${unlimited}`,
    BATON_WORKFLOW_BUNDLE: resolve(options.workflowBundle),
  });
}

export function ingressProgram(options: RoleOptions & { readonly port: number }): ProgramOptions {
  const { BATON_WEBHOOK_SECRET, BATON_WEBHOOK_VERIFY_TOKEN } = secrets;
  return roleProgram('api/main.ts', options, {
    ...{ BATON_WEBHOOK_SECRET, BATON_WEBHOOK_VERIFY_TOKEN },
    BATON_API_PORT: `${options.port}`,
  });
}

function roleProgram(
  usualScript: string,
  { name, temporal, config, logPath, env, script = usualScript }: RoleOptions,
  own: Readonly<Record<string, string>>,
): ProgramOptions {
  const command = roleCommand(script, {
    ...withoutOurs(process.env),
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace ?? 'default',
    BATON_CONFIG: config,
    BATON_LOG_LEVEL: 'warn',
    ...own,
    ...env,
  });
  return {
    ...{ name: name ?? script, logPath, cwd: root },
    ...{ command: process.execPath, ...command },
    hasChannel: true,
    ready: firstMessage,
  };
}

/** Variables that a developer has set for their own Baton would change what is tested. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const theirs = Object.entries(env).filter(([name]) => !/^(BATON|ENGAGE|TEMPORAL)_/.test(name));
  return Object.fromEntries(theirs);
}
