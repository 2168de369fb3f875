/** Who may import whom: the house's plan, held by a test. */
import { describe, expect, it } from 'vitest';
import { importsOf, read, sourceFiles } from '../harness/source-files.js';

type Rule = {
  /** Rooms of the house whose values may be imported. */
  readonly rooms: readonly string[];
  /** Rooms of which types may be imported besides. */
  readonly types?: readonly string[];
  /** Packages; `node:` stands for all of Node's own. */
  readonly packages: readonly string[];
};

const anything = ['*'];

/** A room that is not here may not exist. Tests may import everything; nothing imports tests. */
const rules: Record<string, Rule> = {
  text: { rooms: [], packages: [] },
  log: { rooms: [], packages: ['pino'] },
  workflows: {
    // Of `messages` what is pure: a thread decides what is said where.
    rooms: ['text', 'messages'],
    types: ['bots'],
    // Only the contract needs `common`: search attribute keys are defined there.
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  /** Facebook, for bots on Messenger. */
  messenger: { rooms: [], packages: ['zod'] },
  /** A thread's story in plain words. Pure. */
  timeline: { rooms: [], types: ['workflows'], packages: [] },
  engage: { rooms: [], packages: ['zod', 'node:async_hooks', 'node:crypto'] },
  /** Structured messages: what channels show besides text. */
  messages: { rooms: [], packages: ['zod'] },
  bots: {
    rooms: ['text', 'messages'],
    packages: [
      ...['zod', 'yaml', 'undici', 'ipaddr.js', 'google-auth-library', 'node:'],
      // Language models: the client, their tools' arguments, the language they answer in.
      ...['openai', 'ajv', 'ajv-formats', 'eld'],
    ],
  },
  /** Webhooks to the business: guarded as bots behind an address are. */
  alerts: { rooms: ['bots'], packages: ['standardwebhooks'] },
  /** The house's own rooms know of spans; OpenTelemetry only this one. */
  tracing: {
    rooms: [],
    types: ['log'],
    packages: [
      ...['@opentelemetry/api', '@opentelemetry/exporter-trace-otlp-http'],
      ...['@opentelemetry/resources', '@opentelemetry/sdk-trace-node', 'node:async_hooks'],
    ],
  },
  /** Sealing of payloads, and where the keys to them are. */
  encryption: {
    rooms: [],
    packages: ['@temporalio/common', 'pg', 'node:crypto', 'node:fs', 'node:path'],
  },
  desk: { rooms: [], types: ['engage', 'workflows'], packages: ['luxon', 'zod'] },
  activities: {
    // Of `workflows` only the compact form in which people are kept.
    rooms: ['bots', 'engage', 'messages', 'messenger', 'workflows'],
    types: ['alerts', 'tracing'],
    packages: ['@temporalio/activity', '@temporalio/common', 'node:crypto'],
  },
  settings: {
    rooms: ['bots', 'desk', 'messages', 'timeline', 'workflows'],
    packages: ['zod', 'ms', 'node:'],
  },
  temporal: {
    rooms: ['encryption', 'workflows', 'settings', 'process'],
    types: ['log'],
    packages: [
      '@temporalio/client',
      '@temporalio/common',
      '@temporalio/worker',
      '@temporalio/envconfig',
      'node:crypto',
      'node:url',
    ],
  },
  process: { rooms: ['settings'], packages: ['@hono/node-server', 'hono', 'esbuild', 'node:'] },
  /** What processes say about themselves in numbers, and how that is read. */
  metrics: { rooms: [], types: ['bots'], packages: ['prom-client'] },
  api: {
    rooms: [
      'bots',
      'desk',
      'engage',
      'messenger',
      'metrics',
      'temporal',
      'workflows',
      'settings',
      'log',
      'process',
      'timeline',
      'tracing',
    ],
    // The last two for `api/console/page/` alone, see below.
    packages: ['hono', 'zod', 'openid-client', 'node:', 'preact', 'uplot'],
  },
  worker: {
    rooms: [
      ...['activities', 'alerts', 'bots', 'desk', 'engage', 'messenger', 'metrics'],
      ...['temporal', 'workflows', 'settings', 'log', 'process', 'tracing'],
    ],
    packages: ['@temporalio/worker', 'hono', 'node:'],
  },
  simulator: {
    rooms: ['engage', 'metrics', 'settings', 'log', 'process'],
    packages: ['hono', '@hono/node-server', 'zod', 'ms', 'node:', 'preact'],
  },
  scenario: {
    rooms: [
      ...['activities', 'api', 'bots', 'log', 'process', 'scripts', 'settings', 'simulator'],
      ...['temporal', 'text', 'timeline', 'worker', 'workflows'],
    ],
    types: ['tracing'],
    packages: [
      '@temporalio/client',
      '@temporalio/testing',
      '@temporalio/worker',
      'ms',
      'yaml',
      'zod',
      'node:',
    ],
  },
  /** Configurations as their authors write them. */
  examples: { rooms: ['settings'], packages: ['node:'] },
  /** Measures all of it, so it may start all of it. */
  bench: {
    rooms: [
      ...['api', 'bots', 'engage', 'log', 'process', 'scenario', 'scripts', 'settings'],
      ...['simulator', 'temporal', 'worker', 'workflows'],
    ],
    packages: ['@temporalio/client', '@temporalio/worker', '@temporalio/workflow', 'node:'],
  },
  /** Breaks all of it, so it may start all of it. */
  chaos: {
    rooms: [
      ...['api', 'bench', 'cluster', 'engage', 'log', 'process', 'scenario', 'scripts', 'settings'],
      ...['simulator', 'temporal', 'worker', 'workflows'],
    ],
    // The last for `test/chaos/next-version/` alone.
    packages: ['@temporalio/client', '@temporalio/worker', 'node:', '@temporalio/workflow'],
  },
  /** Production on one machine, to be killed, upgraded, restored and measured. */
  cluster: {
    rooms: [
      ...[
        'bench',
        'scenario',
        'scripts',
        'settings',
        'simulator',
        'temporal',
        'worker',
        'workflows',
      ],
    ],
    packages: ['@temporalio/client', '@temporalio/common', 'pg', 'yaml', 'node:'],
  },
  /** The command line: asks the operator API, and runs other programs of ours. */
  cli: {
    rooms: ['scenario', 'scripts', 'settings', 'timeline'],
    types: ['api'],
    packages: ['commander', 'node:'],
  },
  scripts: { rooms: anything, packages: anything },
};

/** Of `workflows`, the rest of the house sees what crosses the border, not how a thread thinks. */
const doorsOfWorkflows: Record<string, readonly string[]> = {
  activities: ['workflows/contract/source-sdk-ids.ts', 'workflows/contract/agents.ts'],
  bench: ['workflows/contract/index.ts'],
  // The last two for the next version of the workflows.
  chaos: ['workflows/contract/index.ts', 'workflows/index.ts', 'workflows/thread/workflow.ts'],
  cluster: ['workflows/contract/index.ts'],
  api: [
    'workflows/contract/index.ts',
    'workflows/contract/engage-event.ts',
    'workflows/contract/event-effects.ts',
  ],
  temporal: ['workflows/contract/index.ts'],
  worker: ['workflows/contract/index.ts'],
  scenario: ['workflows/contract/index.ts'],
  settings: [
    'workflows/policies/index.ts',
    'workflows/thread/state/seen-ids.ts',
    'workflows/contract/source-settings.ts',
  ],
};

/** What a thread may load of `messages`, and all that these load: nothing from outside. */
const pureMessages = [
  ...[
    'bots/messages/apple.ts',
    'bots/messages/as-text.ts',
    'bots/messages/channels.ts',
    'bots/messages/cutting.ts',
  ],
  ...[
    'bots/messages/fit.ts',
    'bots/messages/nearest.ts',
    'bots/messages/reply.ts',
    'bots/messages/structured.ts',
  ],
  'bots/messages/trim.ts',
];

const product = sourceFiles().filter((path) => path.includes('/') && !path.startsWith('test/'));

function roomOf(path: string): string {
  return path.split('/')[0] ?? '';
}

describe('imports', () => {
  it.each(product)('%s', (path) => {
    const rule = rules[roomOf(path)];
    expect(rule, `${roomOf(path)} is not a room of the house`).toBeDefined();
    if (!rule) return;
    for (const { what, isTypeOnly } of importsOf(path)) {
      expect(isAllowed(path, rule, what, isTypeOnly), `${path} must not import ${what}`).toBe(true);
    }
  });
});

function isAllowed(path: string, rule: Rule, what: string, isTypeOnly: boolean): boolean {
  const isOurs = ['.ts', '.mjs', '.css'].some((ending) => what.endsWith(ending));
  if (!isOurs) return isPackageAllowed(rule, what);
  const room = roomOf(what);
  if (room === roomOf(path)) return true;
  if (room === 'test') return false;
  const doors = doorsOfWorkflows[roomOf(path)];
  if (room === 'workflows' && doors && !isTypeOnly && !doors.includes(what)) return false;
  if (rule.rooms === anything || rule.rooms.includes(room)) return true;
  return isTypeOnly && (rule.types ?? []).includes(room);
}

function isPackageAllowed({ packages }: Rule, what: string): boolean {
  if (packages === anything) return true;
  return packages.some((name) =>
    name === 'node:' ? what.startsWith('node:') : what === name || what.startsWith(`${name}/`),
  );
}

/** What pages load besides their own folder: nothing that runs only in Node. */
const pagesMayLoad = ['simulator/seed.ts'];
const packagesForBrowsers = ['preact', 'uplot'];
const pageOf = (path: string) => /^.*\/page\//.exec(path)?.[0];

describe('what browsers load', () => {
  it.each(product.filter((path) => pageOf(path)))('%s', (path) => {
    const loaded = importsOf(path).filter(({ isTypeOnly }) => !isTypeOnly);
    const own = pageOf(path) ?? '';
    const foreign = loaded.filter(({ what }) => {
      const isOwn = what.startsWith(own) || pagesMayLoad.includes(what);
      return !isOwn && !packagesForBrowsers.includes(what.split('/')[0] ?? '');
    });
    expect(foreign).toEqual([]);
  });

  it('is loaded by nothing else', () => {
    const others = product.filter((path) => !pageOf(path)).flatMap(importsOf);
    const ofBrowsers = others.filter(({ what }) => {
      return pageOf(what) ?? packagesForBrowsers.includes(what.split('/')[0] ?? '');
    });
    expect(ofBrowsers).toEqual([]);
  });
});

describe('what threads load of messages', () => {
  it.each(pureMessages)('%s is pure', (path) => {
    const others = importsOf(path).filter(({ what }) => !pureMessages.includes(what));
    expect(others).toEqual([]);
  });

  it('is no other file', () => {
    const used = product
      .filter((path) => roomOf(path) === 'workflows')
      .flatMap(importsOf)
      .filter(({ what }) => roomOf(what) === 'messages' && !pureMessages.includes(what));
    expect(used).toEqual([]);
  });
});

describe('names of the message contract', () => {
  it('are spelt once, in contract.ts', () => {
    const names = [
      ...read('workflows/contract/index.ts').matchAll(/define\w+(?:<.*>)?\(\s*'(\w+)'/g),
    ];
    expect(names.length).toBeGreaterThan(10);
    for (const [, name = ''] of names) {
      const spelt = product.filter((path) => read(path).includes(`'${name}'`));
      const others = spelt.filter((path) => path !== 'workflows/contract/index.ts');
      // `close` is also a word of the platform's desk; `phase` a field name in logs.
      if (name === 'close' || name === 'phase') continue;
      const commands = [
        ...['askHandover', 'takeOver', 'returnToBot', 'pauseBot'],
        ...['moveToHumans', 'giveBack'],
      ];
      // What an operator may ask, scenarios write in the same words.
      const mayName = [
        'workflows/thread/transitions/commands.ts',
        'cli/scenario/steps.ts',
        'cli/scenario/actions.ts',
      ];
      const allowed = commands.includes(name) ? mayName : [];
      expect(
        others.filter(
          (path) =>
            !allowed.includes(path) &&
            path !== 'workflows/thread/shell/update-handlers.ts' &&
            path !== 'temporal/operated-threads.ts' &&
            // So do the operator API and its console.
            !(commands.includes(name) && /^api\/(operator|console\/page)\//.test(path)),
        ),
      ).toEqual([]);
    }
  });
});
