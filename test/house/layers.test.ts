/**
 * Who may import whom, types included and without exceptions: imports run downward only, between the rooms of the
 * house and between the layers of a thread, and no file imports itself by way of others.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { circlesIn } from '../harness/import-circles.js';
import { importsOf, read, root, sourceFiles } from '../harness/source-files.js';

type Room = {
  /** Lower rooms that it may import. */
  readonly rooms: readonly string[];
  /** Packages; `node:` stands for all of Node's own. */
  readonly packages: readonly string[];
};

/** From the lowest up; a directory that is not here may hold no code of the product. */
const rooms: Readonly<Record<string, Room>> = {
  bots: {
    rooms: [],
    packages: [
      ...['zod', 'yaml', 'undici', 'ipaddr.js', 'google-auth-library', 'node:'],
      ...['openai', 'ajv', 'ajv-formats', 'eld'],
    ],
  },
  engage: { rooms: [], packages: ['zod', 'luxon', 'node:'] },
  // Deterministic code only.
  workflows: { rooms: ['bots'], packages: ['@temporalio/workflow', '@temporalio/common'] },
  settings: { rooms: ['bots', 'engage', 'workflows'], packages: ['zod', 'ms', 'node:'] },
  runtime: {
    rooms: ['bots', 'settings'],
    packages: [
      ...['pino', 'prom-client', 'hono', '@hono/node-server', 'esbuild', 'standardwebhooks'],
      ...['@opentelemetry/api', '@opentelemetry/exporter-trace-otlp-http', 'node:'],
      ...['@opentelemetry/resources', '@opentelemetry/sdk-trace-node'],
    ],
  },
  temporal: {
    rooms: ['runtime', 'settings', 'workflows'],
    packages: [
      ...['@temporalio/client', '@temporalio/common', '@temporalio/worker'],
      ...['@temporalio/envconfig', 'pg', 'node:'],
    ],
  },
  activities: {
    rooms: ['bots', 'engage', 'runtime', 'workflows'],
    packages: ['@temporalio/activity', '@temporalio/common', 'node:'],
  },
  simulator: {
    rooms: ['runtime', 'settings'],
    packages: ['hono', '@hono/node-server', 'zod', 'ms', 'preact', 'prom-client', 'node:'],
  },
  api: {
    rooms: ['bots', 'engage', 'runtime', 'settings', 'temporal', 'workflows'],
    packages: ['hono', 'zod', 'openid-client', 'preact', 'uplot', 'node:'],
  },
  worker: {
    rooms: ['activities', 'bots', 'engage', 'runtime', 'settings', 'temporal', 'workflows'],
    packages: ['@temporalio/worker', 'hono', 'node:'],
  },
  local: {
    rooms: ['activities', 'api', 'runtime', 'settings', 'simulator', 'temporal', 'worker'],
    packages: [
      '@temporalio/client',
      '@temporalio/testing',
      '@temporalio/worker',
      'esbuild',
      'node:',
    ],
  },
  cli: {
    rooms: [
      ...['api', 'bots', 'engage', 'local', 'runtime', 'settings', 'simulator', 'temporal'],
      ...['worker', 'workflows'],
    ],
    packages: ['@temporalio/client', 'commander', 'ms', 'yaml', 'zod', 'tsx', 'node:'],
  },
};

/** Layers of a thread, from the lowest up. */
const layers = [
  ...['workflows/contract/', 'workflows/thread/state/', 'workflows/policies/'],
  ...['workflows/thread/transitions/', 'workflows/thread/planning/', 'workflows/thread/core.ts'],
  ...['workflows/thread/shell/', 'workflows/thread/workflow.ts'],
];

/** What the rest of the house sees of `workflows`; settings check names of policies besides. */
const open = /^workflows\/(contract|shared)\//;

/** What a thread may load of `messages`, and all that these load: nothing from outside. */
const pureMessages = [
  ...[
    'bots/messages/apple.ts',
    'bots/messages/as-text.ts',
    'bots/messages/channels.ts',
    'bots/messages/cut-text.ts',
    'bots/messages/cutting.ts',
  ],
  ...[
    'bots/messages/fit.ts',
    'bots/messages/nearest.ts',
    'bots/messages/reply.ts',
    'bots/messages/structured.ts',
  ],
  ...['bots/messages/trim.ts', 'bots/messages/mentions.ts'],
];

/** The product's code; `docs/examples` are written by its users. */
const product = sourceFiles().filter((path) => /\//.test(path) && !/^(test|docs)\//.test(path));
const ours = new Set(product);

function roomOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function layerOf(path: string): number {
  return layers.findIndex((layer) => path.startsWith(layer));
}

/** What is wrong with the imports of a file. */
function wrongImports(path: string): readonly string[] {
  const room = rooms[roomOf(path)];
  if (!room) return [`${roomOf(path)} is not a room of the house`];
  return importsOf(path)
    .map(({ what }) => what)
    .filter((what) => !isAllowed(path, room, what));
}

function isAllowed(path: string, room: Room, what: string): boolean {
  const isOurs = ['.ts', '.tsx', '.mjs', '.css'].some((ending) => what.endsWith(ending));
  if (!isOurs) {
    return room.packages.some((name) =>
      name === 'node:' ? what.startsWith('node:') : what === name || what.startsWith(`${name}/`),
    );
  }
  if (roomOf(what) === roomOf(path)) return isDownward(path, what);
  if (!room.rooms.includes(roomOf(what))) return false;
  if (roomOf(what) !== 'workflows') return true;
  return open.test(what) || (roomOf(path) === 'settings' && what === 'workflows/policies/index.ts');
}

function isDownward(path: string, what: string): boolean {
  const [from, to] = [layerOf(path), layerOf(what)];
  return from === -1 || to === -1 || to <= from;
}

describe('imports', () => {
  it.each(product)('%s', (path) => {
    expect(wrongImports(path)).toEqual([]);
  });

  it('of the contract are data: the contract, what all share, and the contract of bots', () => {
    const reached = new Set<string>();
    const follow = (path: string) => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const { what } of importsOf(path)) if (ours.has(what)) follow(what);
    };
    follow('workflows/contract/index.ts');
    const others = [...reached].filter((path) => !open.test(path) && roomOf(path) !== 'bots');
    expect(others).toEqual([]);
  });

  it('run in no circle', () => {
    const graph = new Map(
      product.map((path) => [
        path,
        importsOf(path)
          .map(({ what }) => what)
          .filter((what) => ours.has(what)),
      ]),
    );
    expect(circlesIn(graph)).toEqual([]);
  });

  it('negative control: a state that imports a transition, and a circle of two, are found', () => {
    expect(isDownward('workflows/thread/state/state.ts', 'workflows/thread/core.ts')).toBe(false);
    const circle = new Map([
      ['a.ts', ['b.ts']],
      ['b.ts', ['a.ts']],
    ]);
    expect(circlesIn(circle)).toEqual([['a.ts', 'b.ts']]);
  });
});

describe('the house', () => {
  it('has at most 15 directories', () => {
    const notOurs = ['node_modules', 'dist', 'coverage'];
    const directories = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .filter((name) => !notOurs.includes(name));
    expect(directories.length).toBeLessThanOrEqual(15);
  });
});

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
      .filter(({ what }) => what.startsWith('bots/messages/') && !pureMessages.includes(what));
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
      const others = spelt.filter((path) => !path.startsWith('workflows/contract/'));
      // `close` is also a word of the platform's desk; `phase` a field name in logs.
      if (name === 'close' || name === 'phase') continue;
      const commands = [
        ...['askHandover', 'takeOver', 'returnToBot', 'pauseBot', 'answerAgain'],
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
