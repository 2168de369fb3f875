/**
 * What keeps `npm start` from starting is said in plain words, all of it at once, and before anything
 * runs. With a real platform named there is no simulator. A simulator runs alone.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectControl } from '../../../simulator/control-client.js';
import { hold, release } from '../../harness/held-port.js';
import { freePorts } from '../../../local/free-ports.js';
import { alive, familyOf } from '../../harness/processes.js';
import { copyOfBaton, type Copy } from '../../harness/stranger.js';
import { eventually } from '../../harness/eventually.js';

let copy: Copy;
beforeAll(async () => {
  copy = await copyOfBaton();
});
afterAll(() => copy.remove());

/** For each start its own, so that they may be side by side. */
async function ownPorts(): Promise<Readonly<Record<string, string>>> {
  const roles = ['API', 'SIMULATOR', 'TEMPORAL', 'TEMPORAL_UI', 'WORKER_HEALTH'];
  const free = await freePorts(roles.length);
  return Object.fromEntries(roles.map((role, at) => [`BATON_${role}_PORT`, String(free[at])]));
}

describe.concurrent('npm start refuses', () => {
  it('a taken port, naming the variable that moves it', async () => {
    const ports = await ownPorts();
    const port = ports['BATON_SIMULATOR_PORT'] ?? '';
    const other = await hold(Number(port));
    const run = copy.npm(['start'], ports);
    expect(await run.ended).toBe(1);
    expect(run.printed).toMatch(
      new RegExp(`BATON_SIMULATOR_PORT: port ${port} is in use: .*free port`),
    );
    expect(run.printed).not.toContain('Starting');
    await release(other);
  });

  it('wrong settings, all of them at once, and starts nothing', async () => {
    const config = join(copy.path, 'wrong.config.ts');
    writeFileSync(
      config,
      `export const config = { botUser: {}, bots: {}, sources: { chat: { bot: 'nobody' } } };`,
    );
    const run = copy.npm(['start'], {
      ...(await ownPorts()),
      BATON_CONFIG: 'wrong.config.ts',
      BATON_LOG_LEVEL: 'loud',
      BATON_API_PORT: 'eighty',
      BATON_SIMULATOR_TIME_SCALE: '-1',
    });
    expect(await run.ended).toBe(1);
    const named = [...run.printed.matchAll(/^ {2}([\w.]+): /gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(
      [
        ...['BATON_API_PORT', 'BATON_LOG_LEVEL', 'BATON_SIMULATOR_TIME_SCALE', 'botUser.userId'],
        ...['sources.chat.bot', 'sources.chat.categories', 'sources.chat.id'],
      ].sort(),
    );
    expect(run.printed).not.toContain('Set-up');
  });

  it('a real platform without its secrets, naming each', async () => {
    const real = { ...(await ownPorts()), ENGAGE_URL: 'https://engage.invalid' };
    const run = copy.npm(['start'], real);
    expect(await run.ended).toBe(1);
    for (const name of ['ENGAGE_TOKEN', 'BATON_WEBHOOK_SECRET', 'BATON_WEBHOOK_VERIFY_TOKEN']) {
      expect(run.printed).toContain(`${name}: is not set`);
    }
  });
});

describe.concurrent('npm start with a real platform', () => {
  it('starts no simulator and plays nothing', async () => {
    const ports = await ownPorts();
    const run = copy.npm(['start'], {
      ...ports,
      ENGAGE_URL: 'https://engage.invalid',
      ENGAGE_TOKEN: 'token-of-the-bot',
      BATON_WEBHOOK_SECRET: 'webhook-secret',
      BATON_WEBHOOK_VERIFY_TOKEN: 'verify-token',
      // What is bundled is the same, here or on a stranger's machine.
      BATON_WORKFLOW_BUNDLE: inject('workflowBundle'),
    });
    await run.until(/^ {2}logs /m);
    const family = await familyOf(run.pid);
    expect(run.printed).not.toContain('simulator');
    expect(run.printed).not.toContain('A conversation');
    // Its port is still free.
    await release(await hold(Number(ports['BATON_SIMULATOR_PORT'])));
    const ready = await fetch(`http://127.0.0.1:${ports['BATON_API_PORT'] ?? ''}/readyz`);
    expect(ready.status).toBe(200);
    run.interrupt();
    expect(await run.ended).toBe(0);
    await eventually(() => alive(family)).toEqual([]);
  });
});

describe.concurrent('npm run simulator', () => {
  it('runs alone, keeps what was said, and ends when it is asked to', async () => {
    const ports = await ownPorts();
    const said = { source: 'chat', identity: 'ben', body: 'Is anybody there?' };
    const first = copy.npm(['run', 'simulator'], ports);
    const [, url = ''] = await first.until(/the simulator listens at (\S+)/);
    const { thread_id: thread } = await connectControl(url).customer(said);
    first.interrupt();
    expect(await first.ended).toBe(0);

    const second = copy.npm(['run', 'simulator'], ports);
    await second.until(/the simulator listens at/);
    const { contents } = await connectControl(url).record(thread);
    expect(contents.map(({ body }) => body)).toContain(said.body);

    const third = copy.npm(['run', 'simulator'], ports);
    expect(await third.ended).toBe(1);
    expect(third.printed).toMatch(
      /baton simulator cannot run: port \d+ is in use.*BATON_SIMULATOR_PORT/,
    );
    second.terminate();
    expect(await second.ended).toBe(0);
  });
});
