/**
 * The ingress while Temporal is away, hangs, or does not know Baton's search attributes: it listens,
 * refuses deliveries in time so that the platform sends them again, and says what is in the way.
 */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../settings/load-config.js';
import { categories, domainId, sources } from '../../simulator/seed.js';
import { localServerFlags } from '../../temporal/local-server.js';
import { registerSearchAttributes } from '../../temporal/search-attributes.js';
import { threadWorkflowId } from '../../workflows/contract.js';
import { Conversation } from '../support/conversation.js';
import { startSilence } from '../support/silence.js';
import { freePort } from '../../scripts/setup/free-ports.js';
import { startTemporalAt } from '../support/temporal.js';
import { testConfig } from '../support/test-config.js';
import { secrets, startIngress, startWorld } from '../support/world.js';
import { eventually } from '../support/eventually.js';

type Ingress = Pick<Awaited<ReturnType<typeof startIngress>>, 'webhookUrl' | 'close'>;

/** The simulator's own: the platform gives up on a delivery after it. */
const platformPatience = 5_000;

/** What the ingress on this address answers, each within the platform's patience. */
function answers({ webhookUrl }: Ingress) {
  const get = async (path: string) => {
    const answer = await fetch(new URL(path, webhookUrl), {
      signal: AbortSignal.timeout(platformPatience),
    });
    return { status: answer.status, body: await answer.json() };
  };
  return {
    live: () => get('/healthz'),
    ready: () => get('/readyz'),
    deliver: (...events: readonly object[]) =>
      fetch(webhookUrl, {
        method: 'POST',
        signal: AbortSignal.timeout(platformPatience),
        headers: {
          'content-type': 'application/json',
          'x-dimelo-secret': secrets.BATON_WEBHOOK_SECRET,
        },
        body: JSON.stringify({ id: 'request', domain_id: domainId, events }),
      }),
  };
}

type Said = { readonly thread: string; readonly content?: string; readonly event?: string };

function customerWrote({ thread, content = `content-${thread}`, event }: Said): object {
  const metadata = {
    ...{ thread_id: thread, source_id: sources.chat, author_id: 'identity-of-a-customer' },
    ...{ body: 'hello', category_ids: [categories.bot], status: 'new', private: true },
  };
  return {
    type: 'content.imported',
    id: event ?? `event-${thread}`,
    issued_at: new Date().toISOString(),
    resource: { type: 'content', id: content, metadata },
  };
}

const ways = [
  { name: 'nobody listens at its address', open: () => freePort().then(nothingAt) },
  { name: 'its address takes connections and never answers', open: startSilence },
];

function nothingAt(port: number) {
  return { port, close: () => Promise.resolve() };
}

describe.each(ways)('while Temporal is away, and $name', ({ open }) => {
  let ingress: Ingress;
  let absence: Awaited<ReturnType<typeof open>>;
  let temporal: TestWorkflowEnvironment | undefined;
  beforeAll(async () => {
    absence = await open();
    ingress = await startIngress(`127.0.0.1:${absence.port}`, parseConfig(testConfig()));
  });
  afterAll(async () => {
    await ingress.close();
    await (temporal ? temporal.teardown() : absence.close());
  });

  it('a delivery is refused in time, to be sent again', async () => {
    const answer = await answers(ingress).deliver(
      ...['a', 'b', 'c'].map((thread) => customerWrote({ thread })),
    );
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ error: 'not_accepted' });
  });

  it('the process is alive, and not ready', async () => {
    expect(await answers(ingress).live()).toMatchObject({ status: 200 });
    const ready = await answers(ingress).ready();
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({
      status: 'not ready',
      obstacles: [expect.stringMatching(/^Temporal is not reachable/)],
    });
  });

  it('and once it is back, the same delivery is accepted', async () => {
    const delivery = customerWrote({ thread: 'back' });
    expect((await answers(ingress).deliver(delivery)).status).toBe(503);
    await absence.close();
    temporal = await startTemporalAt(absence.port);
    await eventually(async () => (await answers(ingress).deliver(delivery)).status).toBe(200);
    expect(await answers(ingress).ready()).toMatchObject({ status: 200 });
    const thread = temporal.client.workflow.getHandle(threadWorkflowId(domainId, 'back'));
    expect((await thread.describe()).status.name).toBe('RUNNING');
  });
});

describe('a namespace that lacks one search attribute', () => {
  const lacking = 'BatonReason';
  let ingress: Ingress;
  let temporal: TestWorkflowEnvironment;
  beforeAll(async () => {
    const flags = localServerFlags();
    const at = flags.findIndex((flag) => flag.startsWith(`${lacking}=`));
    temporal = await startTemporalAt(await freePort(), flags.toSpliced(at - 1, 2));
    ingress = await startIngress(temporal.address, parseConfig(testConfig()));
  });
  afterAll(async () => {
    await ingress.close();
    await temporal.teardown();
  });

  it('keeps the ingress from being ready, by name, until it is registered', async () => {
    expect(await answers(ingress).ready()).toEqual({
      status: 503,
      body: {
        status: 'not ready',
        obstacles: [`search attribute ${lacking} is not registered`],
      },
    });
    const register = () => registerSearchAttributes(temporal.connection, 'default');
    expect(await register()).toEqual([lacking]);
    await eventually(async () => (await answers(ingress).ready()).status).toBe(200);
    expect(await register()).toEqual([]);
  });
});

describe('a delivery of which Temporal refuses one thread', () => {
  it('is sent again, and the customer of the other is answered, once', async () => {
    const world = await startWorld({
      temporalFlags: ['--dynamic-config-value', 'limit.maxIDLength=100'],
    });
    const ana = new Conversation(world);
    // The platform's own delivery is lost, so that ours is the only one.
    await world.doors.faults({ drop: { on: ['content.imported'] } });
    const content = await ana.says('hello');
    const accepted = customerWrote({ thread: ana.thread, content, event: 'event-of-ana' });
    // Longer than any id this Temporal takes.
    const refused = customerWrote({ thread: 'x'.repeat(100), content: 'c', event: 'e' });
    const { deliver } = answers({ webhookUrl: world.webhookUrl, close: () => world.stop() });
    for (let sent = 1; sent <= 3; sent += 1) {
      const answer = await deliver(accepted, refused);
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({
        message: '1 of 2 threads could not be reached; send again',
      });
    }
    await ana.untilBotSaid(1);
    expect((await deliver(accepted)).status).toBe(200);
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual(['Welcome!']);
    await world.stop();
  });
});
