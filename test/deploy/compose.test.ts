/**
 * docker-compose.yml and the Dockerfile, as a production machine would take them: read by Docker's own
 * library, with every secret from outside, and nothing in them that does not exist.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readApiEnvironment, readWorkerEnvironment } from '../../settings/environment.js';
import { parseDuration } from '../../settings/duration.js';
import { importsOf, read, root } from '../harness/source-files.js';
import {
  findComposeParser,
  resolveCompose,
  type ComposeProject,
  type ComposeService,
} from './compose-parser.js';
import {
  dockerfile,
  reachesImage,
  finalStage,
  imageEntrypoint,
  imageEnvironment,
  findLast,
} from './dockerfile.js';
import { filesOfImage } from './image.js';

const needed = {
  POSTGRES_PASSWORD: 'canary-of-the-database',
  ENGAGE_URL: 'https://shop.api.digital.ringcentral.com',
  ENGAGE_TOKEN: 'canary-of-the-token',
  BATON_WEBHOOK_SECRET: 'canary-of-the-webhook',
  BATON_WEBHOOK_VERIFY_TOKEN: 'canary-of-the-verification',
};
const names = Object.keys(needed) as (keyof typeof needed)[];
const roles = ['api', 'worker'] as const;
/** Does its work and ends: nothing to be healthy. */
const oneOff = 'register';

const parser = await findComposeParser();
const resolved = parser === undefined ? undefined : await resolveCompose(parser, needed);

function project(): ComposeProject {
  if (typeof resolved !== 'object') throw new Error(resolved ?? 'there is no parser');
  return resolved;
}

function service(name: string): ComposeService {
  const found = project().services[name];
  if (!found) throw new Error(`there is no service ${name}`);
  return found;
}

const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
const version = (JSON.parse(read('package.json')) as { version: string }).version;
const pinned = /^[\w./-]+:\d+\.\d+(\.\d+)?(-[\w.-]+)?$/;

describe.skipIf(parser === undefined)('docker-compose.yml', () => {
  it('has the services of a production cluster', () => {
    const found = Object.keys(project().services).sort();
    expect(found).toEqual(['api', 'postgres', 'register', 'temporal', 'temporal-ui', 'worker']);
  });

  it('checks the health of each that stays, and starts it again', () => {
    for (const [name, { healthcheck, restart }] of Object.entries(project().services)) {
      if (name === oneOff) continue;
      expect(healthcheck?.test[0], name).toMatch(/^CMD/);
      expect(healthcheck?.retries, name).toBeGreaterThan(0);
      expect(restart, name).toBe('unless-stopped');
    }
  });

  it('starts each when what it needs is healthy, or done', () => {
    const needs = Object.entries(project().services).map(([name, { depends_on: on = {} }]) => [
      name,
      Object.entries(on).map(([other, { condition }]) => `${other} ${condition}`),
    ]);
    expect(Object.fromEntries(needs)).toEqual({
      postgres: [],
      temporal: ['postgres service_healthy'],
      'temporal-ui': ['temporal service_healthy'],
      register: ['temporal service_healthy'],
      api: ['register service_completed_successfully'],
      worker: ['register service_completed_successfully'],
    });
  });

  it('names every missing variable at once', async () => {
    const problems = await resolveCompose(parser!, {});
    for (const name of names) expect(problems).toContain(name);
  });

  it.each(names)('is refused without %s, and with an empty one', async (name) => {
    const others = Object.fromEntries(Object.entries(needed).filter(([one]) => one !== name));
    const message = expect.stringContaining(`required variable ${name} is missing`) as string;
    expect(await resolveCompose(parser!, others)).toEqual(message);
    expect(await resolveCompose(parser!, { ...others, [name]: '' })).toEqual(message);
  });

  it('has no secret of its own, and gives each role only what it needs', () => {
    const given = Object.entries(project().services).flatMap(([name, { environment = {} }]) =>
      Object.entries(environment)
        .filter(([variable]) => /PASSWORD|PWD|SECRET|TOKEN|KEY/.test(variable))
        .map(([variable, value]) => `${name} ${variable} ${value}`.trim()),
    );
    expect(given.sort()).toEqual([
      'api BATON_ANSWER_SECRET',
      'api BATON_ANSWER_SECRET_PREVIOUS',
      'api BATON_ENCRYPTION_KEYS',
      'api BATON_KEY_STORE',
      'api BATON_METRICS_TOKEN',
      'api BATON_OIDC_CLIENT_SECRET',
      'api BATON_OPERATOR_TOKEN',
      'api BATON_SESSION_SECRET',
      `api BATON_WEBHOOK_SECRET ${needed.BATON_WEBHOOK_SECRET}`,
      'api BATON_WEBHOOK_SECRET_PREVIOUS',
      `api BATON_WEBHOOK_VERIFY_TOKEN ${needed.BATON_WEBHOOK_VERIFY_TOKEN}`,
      `postgres POSTGRES_PASSWORD ${needed.POSTGRES_PASSWORD}`,
      `temporal POSTGRES_PWD ${needed.POSTGRES_PASSWORD}`,
      'worker BATON_ALERT_SECRET',
      'worker BATON_ANSWER_SECRET',
      'worker BATON_ENCRYPTION_KEYS',
      'worker BATON_KEY_STORE',
      `worker ENGAGE_TOKEN ${needed.ENGAGE_TOKEN}`,
    ]);
  });

  it('pins every image; ours has the version of package.json', () => {
    for (const { image } of Object.values(project().services)) expect(image).toMatch(pinned);
    expect(service('api').image).toBe(`baton:${version}`);
    expect(service('worker').image).toBe(`baton:${version}`);
  });

  it('shows nothing but the ingress to the outside', () => {
    const shown = Object.entries(project().services).flatMap(([name, { ports = [] }]) =>
      ports.map(({ target, host_ip: ip }) => `${name} ${ip ?? 'everywhere'} ${target}`),
    );
    expect(shown.sort()).toEqual(['api everywhere 8080', 'temporal-ui 127.0.0.1 8080']);
  });

  it('keeps the database, and configures Temporal for Baton', () => {
    const [volume] = service('postgres').volumes ?? [];
    expect(Object.keys(project().volumes)).toContain(volume?.source);
    const { environment, configs: [mounted] = [] } = service('temporal');
    expect(mounted?.target).toBe(environment?.['DYNAMIC_CONFIG_FILE_PATH']);
    const { content } = project().configs[mounted?.source ?? '']!;
    expect(content).toMatch(/matching\.useNewMatcher:\s+- value: true/);
    expect(content).toMatch(/history\.timerProcessorMaxTimeShift:\s+- value: 100ms/);
    expect(Number(environment?.['NUM_HISTORY_SHARDS'])).toBeGreaterThanOrEqual(128);
  });
});

describe.skipIf(parser === undefined).each([...roles, oneOff])('the service %s', (name) => {
  it('runs a file of the image, without privileges, on a read-only disk', () => {
    const [script = ''] = service(name).command ?? [];
    expect(existsSync(join(root, script)), script).toBe(true);
    expect(reachesImage(script), script).toBe(true);
    expect(service(name)).toMatchObject({
      read_only: true,
      init: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(service(name).user ?? findLast('USER')).toBe('node');
  });

  it('gets only existing variables', () => {
    const theirs = 'TEMPORAL_ADDRESS TEMPORAL_NAMESPACE';
    const known = `${read('settings/environment.ts')} ${read('settings/traces.ts')} ${theirs}`;
    const variables = { ...imageEnvironment(), ...service(name).environment };
    const unknown = Object.keys(variables).filter((variable) => !known.includes(variable));
    expect(unknown).toEqual(['NODE_ENV']);
  });
});

describe.skipIf(parser === undefined)('the roles', () => {
  const environment = (role: (typeof roles)[number]) => ({
    ...imageEnvironment(),
    ...service(role).environment,
  });

  it('accept their settings, and listen at the address of the health check', () => {
    const api = readApiEnvironment(environment('api'));
    expect(api.BATON_API_HOST).toBe('0.0.0.0');
    const asked = (role: string) => service(role).healthcheck?.test.join(' ') ?? '';
    expect(asked('api')).toContain(`http://127.0.0.1:${api.BATON_API_PORT}/readyz`);
    const worker = readWorkerEnvironment(environment('worker'));
    const { BATON_WORKER_HEALTH_PORT: port } = worker;
    expect(asked('worker')).toContain(`http://127.0.0.1:${port ?? 'none'}/healthz`);
  });

  it('may finish what they do when they are asked to end', () => {
    const grace = (role: string) => parseDuration(service(role).stop_grace_period ?? '') ?? 0;
    const [, force = ''] = /shutdownForceTime: '(\w+)'/.exec(read('worker/workers.ts')) ?? [];
    expect(grace('worker')).toBeGreaterThan(parseDuration(force)!);
    // A delivery takes at most three seconds.
    expect(grace('api')).toBeGreaterThan(3_000);
  });
});

describe('the Dockerfile', () => {
  it('starts from pinned images', () => {
    const images = dockerfile().filter(({ is }) => is === 'FROM');
    expect(images.length).toBeGreaterThan(0);
    for (const { says } of images) expect(says.split(' ')[0]).toMatch(pinned);
  });

  it('copies and runs what exists', () => {
    const copied = dockerfile()
      .filter(({ is, says }) => is === 'COPY' && !says.startsWith('--from'))
      .flatMap(({ says }) => says.split(' ').slice(0, -1));
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const run = dockerfile().flatMap(({ says }) => [...says.matchAll(/npm run (\S+)/g)]);
    expect(run.map(([, script = '']) => script)).toEqual(['build']);
    expect(Object.keys(scripts)).toContain('build');
  });

  it('runs as somebody who is not root, in a process that receives signals', () => {
    const order = finalStage().map(({ is }) => is);
    expect(findLast('USER')).toBe('node');
    expect(order.indexOf('USER')).toBeLessThan(order.indexOf('ENTRYPOINT'));
    expect(imageEntrypoint()).toEqual(['node', '--import', 'tsx']);
    expect(existsSync(join(root, (JSON.parse(findLast('CMD')) as string[])[0] ?? ''))).toBe(true);
  });

  it('builds the workflows where the worker looks for them', () => {
    expect(read('worker/bundle.ts')).toContain(imageEnvironment()['BATON_WORKFLOW_BUNDLE']);
  });

  it('leaves out what is secret or private to a machine', () => {
    for (const path of ['.env', '.git/config', '.baton/logs/api.log', 'node_modules/ms/index.js']) {
      expect(reachesImage(path), path).toBe(false);
    }
  });

  it('copies neither tests nor benches nor the simulator, and everything that its files import', () => {
    const files = filesOfImage();
    const rooms = new Set(files.map((path) => path.split('/')[0]));
    expect([...rooms]).toEqual(expect.arrayContaining(['api', 'worker', 'workflows']));
    expect(files.filter((path) => /^(test|simulator|docs)\/|\.test\.ts$/.test(path))).toEqual([]);
    const code = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path));
    const missing = code.flatMap((path) =>
      importsOf(path)
        .filter(({ what }) => existsSync(join(root, what)) && !files.includes(what))
        .map(({ what }) => `${path} → ${what}`),
    );
    // Its absence is reported as such.
    expect(missing).toEqual(['cli/delegated.ts → cli/scenario/main.ts']);
  });
});
