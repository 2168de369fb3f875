/** The endpoints of the simulator's page: threads as in the agents' inbox, and their state in Baton. */
import { afterEach, describe, expect, it } from 'vitest';
import { stepsDone } from '../../simulator/page/minute.js';
import { selectPhaseEntries } from '../../simulator/page/phase-entries.js';
import type { BatonAddress } from '../../simulator/control/baton.js';
import { connectControl, type SimulatorControl } from '../../simulator/control-client.js';
import { domainId } from '../../simulator/seed.js';
import { startSimulator } from '../../simulator/simulator.js';
import { findChromium, noChromium, openChromium } from '../harness/chromium.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';
import { startNobody } from '../harness/nobody.js';

const token = 'token-of-the-operator';
/** Longer than an answer takes on any machine. */
const waitLimit = 60_000;
const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

async function simulator(
  baton?: BatonAddress,
): Promise<{ url: string; control: SimulatorControl }> {
  const started = await startSimulator({ port: 0, accessToken: 'token', ...(baton && { baton }) });
  ending.push(() => started.stop());
  return { url: started.url, control: connectControl(started.url) };
}

async function baton(): Promise<HttpTarget> {
  const target = await startHttpTarget();
  ending.push(() => target.close());
  return target;
}

async function nobody(): Promise<string> {
  const address = await startNobody();
  ending.push(() => address.close());
  return address.url;
}

const hello = { source: 'chat', identity: 'ana', body: 'hello' };
const timeline = {
  id: 'any',
  now: '2026-01-12T08:01:00Z',
  why: 'the customer wrote',
  phases: [{ phase: 'bot', from: '2026-01-12T08:00:00Z', to: null, why: 'the customer wrote' }],
  moments: [],
};
const thread = { phase: 'bot', why: 'the customer wrote', deadlines: [], temporalUrl: null };

/** What the page is told of a thread that has just begun. */
async function askPage(
  address?: BatonAddress,
): Promise<{ id: string; status: number; body: object }> {
  const { url, control } = await simulator(address);
  const { thread_id: id } = await control.customer(hello);
  const response = await fetch(`${url}/baton?thread=${id}`);
  return { id, status: response.status, body: (await response.json()) as object };
}

describe('GET /baton', () => {
  it('passes on what Baton says of the thread, asked with the token, which the page never sees', async () => {
    const target = await baton();
    target.answer = (asked, response) =>
      json(200, asked.url.includes('/timeline') ? timeline : { thread })(asked, response);
    const { id, status, body } = await askPage({ url: target.url, token, timeout: waitLimit });
    const consoleUrl = `${target.url}/console/threads/${domainId}:${id}`;
    expect({ status, body }).toEqual({ status: 200, body: { timeline, thread, consoleUrl } });
    const path = `/operator/threads/${domainId}:${id}`;
    expect(target.asked.map((asked) => asked.url).sort()).toEqual([
      `${path}/timeline?timeZone=UTC`,
      `${path}?timeZone=UTC`,
    ]);
    expect(new Set(target.asked.map(({ headers }) => headers.authorization))).toEqual(
      new Set([`Bearer ${token}`]),
    );
  });

  it('answers that Baton is not configured', async () => {
    expect(await askPage()).toMatchObject({ status: 404, body: { error: 'baton_unknown' } });
  });

  it.each([
    ['it does not know the thread', json(404, {}), 404, 'thread_unknown'],
    ['it refuses the token', json(401, {}), 502, 'baton_refused'],
    ['it fails', json(503, {}), 502, 'baton_away'],
    ['it answers something else', json(200, { hello: 'world' }), 502, 'baton_away'],
  ])('says so when %s', async (_, answer, status, error) => {
    const target = await baton();
    target.answer = answer;
    const address = { url: target.url, token, waitLimit };
    expect(await askPage(address)).toMatchObject({ status, body: { error } });
  });

  it('says so when it does not answer in two seconds', async () => {
    const target = await baton();
    target.answer = () => undefined;
    const away = { status: 502, body: { error: 'baton_away' } };
    expect(await askPage({ url: target.url, token })).toMatchObject(away);
  });

  it('says so when nothing listens there', async () => {
    const away = { status: 502, body: { error: 'baton_away' } };
    expect(await askPage({ url: await nobody(), token, timeout: waitLimit })).toMatchObject(away);
  });

  it('is rejected without a thread, and for one that does not exist', async () => {
    const { url } = await simulator();
    const statuses = ['/baton', '/baton?thread=nothing'].map(async (path) => {
      const { status } = await fetch(`${url}${path}`);
      return status;
    });
    expect(await Promise.all(statuses)).toEqual([422, 404]);
  });
});

describe('GET /threads', () => {
  const list = async (url: string) =>
    ((await (await fetch(`${url}/threads`)).json()) as { threads: object[] }).threads;

  it('lists threads, the newest first, with what the agents’ inbox displays', async () => {
    const { url, control } = await simulator();
    expect(await list(url)).toEqual([]);
    const { thread_id: ana } = await control.customer(hello);
    const { thread_id: ben } = await control.customer({ ...hello, identity: 'ben', body: 'hi' });
    expect(await list(url)).toMatchObject([{ id: ben }, { id: ana }]);

    await control.agent({ thread: ana, agent: 'agent-2', do: 'reply', body: 'Good morning.' });
    const [newest] = await list(url);
    expect(newest).toMatchObject({
      ...{ id: ana, source: 'chat', customer: 'ana', categories: ['bot'], locked: false },
      intervention: { is: 'open', agent: 'agent-2' },
      last: { by: 'agent:agent-2', body: 'Good morning.' },
    });
    await control.agent({ thread: ana, agent: 'agent-2', do: 'close' });
    expect(await list(url)).toMatchObject([{ intervention: { is: 'closed' } }, {}]);
  });
});

describe('the minute’s steps', () => {
  it('are as far as the record says, whoever acted', async () => {
    const { control } = await simulator();
    expect(stepsDone(undefined)).toBe(0);
    const { thread_id: id } = await control.customer(hello);
    const done = async () => stepsDone(await control.record(id));
    expect(await done()).toBe(1);
    const acts = { thread: id, agent: 'agent-1' };
    await control.agent({ ...acts, do: 'recategorize', category_ids: ['agent'] });
    expect(await done()).toBe(2);
    await control.agent({ ...acts, do: 'reply', body: 'Good morning.' });
    expect(await done()).toBe(3);
  });
});

describe('the band', () => {
  it('shows the newest stretches, longer ones wider, the last one until now', () => {
    const at = (minute: number) => new Date(minute * 60_000).toISOString();
    const phases = Array.from({ length: 12 }, (_, index) => ({
      ...{ phase: 'bot', from: at(index), why: '' },
      to: index === 11 ? null : at(index + 1),
    }));
    const shown = selectPhaseEntries(phases, at(99));
    expect(shown.map(({ from }) => from)).toEqual(phases.slice(-8).map(({ from }) => from));
    expect(shown.map(({ lasts }) => lasts).lastIndexOf(true)).toBe(7);
    expect(shown.at(-1)?.share).toBeGreaterThan(shown[0]?.share ?? 0);
  });
});

const chromium = findChromium();

describe.skipIf(!chromium)(`in a browser${chromium ? '' : `: ${noChromium}`}`, () => {
  it('the page says that Baton is away, and what is written waits', async () => {
    const { url } = await simulator({ url: await nobody(), token });
    const browser = await openChromium(chromium!);
    ending.push(() => browser.close());
    const page = await browser.newPage();
    page.setDefaultTimeout(waitLimit);
    await page.goto(url);
    await page.getByText('No messages yet.').first().waitFor();
    await page.getByLabel(/^Message of visitor-/).fill('hello');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('hello').waitFor();
    await page
      .getByText('Baton is unreachable: your messages are delivered later.')
      .first()
      .waitFor();
  });
});
