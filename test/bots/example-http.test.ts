/** The example of a bot behind HTTP, run as its reader would run it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config } from '../../docs/examples/http/baton.config.js';
import { parseConfig } from '../../settings/load-config.js';
import { asking, failureOf, madeBot } from '../harness/bots/made-bot.js';
import { turnOf } from '../harness/turn.js';

const secret = 'the secret both know';
let server: ChildProcess;
let url: string;
beforeAll(async () => {
  const env = { ...process.env, PARCEL_BOT_SECRET: secret, PORT: '0' };
  server = spawn(process.execPath, ['docs/examples/http/bot.mjs'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: server.stdout! })) {
    url = `http://127.0.0.1:${/port (\d+)/.exec(line)?.[1]}`;
    break;
  }
});
afterAll(() => server.kill());

const bot = (known = secret) =>
  madeBot({ http: { url, secretFrom: 'S', allowPrivate: true } }, { S: known });
const says = (...bodies: readonly string[]) => bot().answer(turnOf(bodies), asking());

it('answers, remembers, solves and hands over', async () => {
  expect(await says('hello', 'where is my PARCEL?')).toEqual({
    replies: [{ body: 'It arrives tomorrow.' }],
    remember: { times: 1 },
  });
  const again = turnOf(['qwertz'], { memory: { times: 1 } });
  expect(await bot().answer(again, asking())).toMatchObject({ replies: [{ body: 'Pardon? (2)' }] });
  expect(await says('thanks')).toMatchObject({ isSolved: true });
  expect(await says('a human')).toMatchObject({ handOver: { because: 'customerAsked' } });
});

it('believes only what is signed with its secret', async () => {
  const stranger = bot('another secret').answer(turnOf(['hello']), asking());
  expect(await failureOf(stranger)).toMatchObject({ name: 'Http401', isFinal: true });
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
});

it('has a configuration that Baton takes', () => {
  const { parcels } = parseConfig(config).bots;
  expect([parcels?.adapter, parcels?.secrets]).toEqual(['http', ['PARCEL_BOT_SECRET']]);
});
