/**
 * `npm run api`, `worker` and `simulator`, each alone in a fresh copy: each starts without any setting,
 * ends with 0 when asked to, and with wrong settings does not start but names every one of them.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePorts } from '../../local/free-ports.js';
import { hold, release } from '../harness/held-port.js';
import type { Program } from '../harness/program.js';
import { Image } from './image.js';
import { eventually } from '../harness/eventually.js';

let copy: Image;
beforeAll(async () => {
  copy = await Image.checkedOut();
});
afterAll(() => copy.remove());

function npmRun(script: string, env: Readonly<Record<string, string>>): Program {
  return copy.run(['npm', 'run', script], env);
}

async function statusOf(url: string): Promise<number | undefined> {
  return fetch(url).then(
    ({ status }) => status,
    () => undefined,
  );
}

async function untilAnswers(role: Program, url: string, status: number): Promise<void> {
  await eventually(async () => ((await statusOf(url)) === status ? 'answers' : role.said())).toBe(
    'answers',
  );
}

describe.concurrent('alone and without settings but ports', () => {
  it('the ingress listens, and is not ready without Temporal', async () => {
    const [port = 0, temporalPort = 0] = await freePorts(2);
    const env = { BATON_API_PORT: `${port}`, BATON_TEMPORAL_PORT: `${temporalPort}` };
    const api = npmRun('api', env);
    await untilAnswers(api, `http://127.0.0.1:${port}/healthz`, 200);
    await untilAnswers(api, `http://127.0.0.1:${port}/readyz`, 503);
    expect(await api.end(), api.said()).toBe(0);
  });

  it('the simulator listens', async () => {
    const [port = 0, apiPort = 0] = await freePorts(2);
    const env = { BATON_SIMULATOR_PORT: `${port}`, BATON_API_PORT: `${apiPort}` };
    const simulator = npmRun('simulator', env);
    await untilAnswers(simulator, `http://127.0.0.1:${port}/record`, 200);
    expect(await simulator.end(), simulator.said()).toBe(0);
  });

  it('with Temporal, the worker runs', async () => {
    const [port = 0] = await freePorts(1);
    // Its namespace `default` is nobody else's.
    const { port: temporalPort } = new URL(`http://${inject('sharedTemporal').address}`);
    const env = { BATON_TEMPORAL_PORT: temporalPort, BATON_WORKER_HEALTH_PORT: `${port}` };
    const worker = npmRun('worker', env);
    await untilAnswers(worker, `http://127.0.0.1:${port}/healthz`, 200);
    expect(await worker.end(), worker.said()).toBe(0);
  });
});

/** Environments with each setting of a role wrong. */
const wrongOfBoth = {
  ENGAGE_URL: 'https://shop.api.digital.ringcentral.com',
  BATON_LOG_LEVEL: 'loud',
  BATON_TEMPORAL_PORT: 'canary-1',
  TEMPORAL_ADDRESS: 'http://temporal:7233',
  BATON_CONFIG: 'wrong.config.ts',
};
const wrongInFile = ['botUser.userId', 'bots.helper.scripted.answer', 'sources.chat.bot', 'moods'];
const wrongFile = `export const config = {
  botUser: {},
  bots: { helper: { scripted: { greet: 'hi', answer: [] } } },
  sources: { chat: { id: 's', categories: { bot: 'b', agent: 'a' }, bot: 'nobody' } },
  moods: [],
};`;

describe.concurrent('with wrong settings', () => {
  beforeAll(() => writeFile(join(copy.folder, 'wrong.config.ts'), wrongFile));

  it.each([
    {
      role: 'api',
      env: { ...wrongOfBoth, BATON_API_PORT: '0', BATON_WEBHOOK_SECRET: 'canary with spaces' },
      wrong: [
        ...['BATON_API_PORT', 'BATON_LOG_LEVEL', 'BATON_TEMPORAL_PORT', 'BATON_WEBHOOK_SECRET'],
        ...['BATON_WEBHOOK_VERIFY_TOKEN', 'TEMPORAL_ADDRESS', ...wrongInFile],
      ],
    },
    {
      role: 'worker',
      env: { ...wrongOfBoth, ENGAGE_URL: 'http://shop', ENGAGE_REQUESTS_PER_MINUTE: 'canary-2' },
      wrong: [
        ...['BATON_LOG_LEVEL', 'BATON_TEMPORAL_PORT', 'ENGAGE_URL', 'ENGAGE_TOKEN'],
        ...['ENGAGE_REQUESTS_PER_MINUTE', 'TEMPORAL_ADDRESS', ...wrongInFile],
      ],
    },
    {
      role: 'simulator',
      env: {
        BATON_SIMULATOR_PORT: 'canary-3',
        BATON_SIMULATOR_TIME_SCALE: '-1',
        BATON_WEBHOOK_URL: 'canary-4',
        ENGAGE_TOKEN: 'short',
      },
      wrong: [
        ...['BATON_SIMULATOR_PORT', 'BATON_SIMULATOR_TIME_SCALE', 'BATON_WEBHOOK_URL'],
        'ENGAGE_TOKEN',
      ],
    },
  ])('$role names each of them at once, no value, and ends', async ({ role, env, wrong }) => {
    const started = npmRun(role, env);
    expect(await started.ended).toBe(1);
    const named = [...started.said().matchAll(/^ {2}([\w.]+): /gm)].map(([, name]) => name);
    expect(named.sort()).toEqual([...wrong].sort());
    expect(started.said()).toContain(`baton ${role} cannot run: ${wrong.length} wrong settings`);
    expect(started.said()).not.toContain('canary');
  });

  it.each([
    { role: 'simulator', setting: 'BATON_SIMULATOR_PORT' },
    { role: 'api', setting: 'BATON_API_PORT' },
  ])(
    'such as a taken port of $role, it is said which setting moves it',
    async ({ role, setting }) => {
      const [port = 0] = await freePorts(1);
      const somebodyElse = await hold(port);
      const started = npmRun(role, { [setting]: `${port}` });
      expect(await started.ended).toBe(1);
      expect(started.said()).toMatch(new RegExp(`port ${port} is in use: .* ${setting}`));
      await release(somebodyElse);
    },
  );
});
