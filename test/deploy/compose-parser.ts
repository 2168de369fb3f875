/**
 * The compose file as Docker itself understands it: read by the library of Docker's own plug-in,
 * through the small Go program beside this file, which is built once into Baton's cache.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cachePath, fillCache, isExecutable } from '../../local/setup/cache.js';
import { onPath, runTool } from '../../local/setup/command.js';
import { runCommand } from '../harness/run-command.js';
import { read, root } from '../harness/source-files.js';

const source = 'test/deploy/compose-parser';

/** What is asserted of a service; the parser prints the rest, too. */
export type ComposeService = {
  readonly image: string;
  readonly build?: { readonly context: string };
  readonly command: readonly string[] | null;
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: {
    readonly test: readonly string[];
    readonly interval: string;
    readonly timeout: string;
    readonly retries: number;
  };
  readonly ports?: readonly { readonly target: number; readonly host_ip?: string }[];
  readonly configs?: readonly { readonly source: string; readonly target: string }[];
  readonly volumes?: readonly { readonly type: string; readonly source: string }[];
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly init?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly stop_grace_period?: string;
  readonly user?: string;
};

export type ComposeProject = {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
  readonly volumes: Readonly<Record<string, object>>;
};

/** Where the program is, or `undefined` on a machine that has neither it nor Go. */
export async function findComposeParser(): Promise<string | undefined> {
  const hash = createHash('sha256');
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(read(`${source}/${file}`));
  const folder = cachePath(`compose-parser-${hash.digest('hex').slice(0, 12)}`);
  const program = join(folder, 'compose-parser');
  if (await isExecutable(program)) return program;
  if (!onPath('go')) {
    console.log('docker-compose.yml: skipped, reading it needs Go on PATH');
    return undefined;
  }
  console.log('docker-compose.yml: building its parser with Go, once (downloads 15 small modules)');
  await fillCache(folder, (into) =>
    runTool('go', ['build', '-o', join(into, 'compose-parser'), '.'], { cwd: join(root, source) }),
  );
  return program;
}

/** What keeps the file from being used, or the project with every variable filled in. */
export async function resolveCompose(
  program: string,
  env: Readonly<Record<string, string>>,
): Promise<ComposeProject | string> {
  const ran = await runCommand(program, [join(root, 'docker-compose.yml')], { env: { ...env } });
  return ran.status === 0 ? (JSON.parse(ran.stdout) as ComposeProject) : ran.stderr;
}
