/**
 * The ingress while Temporal is away, hangs, or does not know Baton's search attributes: it listens,
 * refuses deliveries in time so that the platform sends them again, and says what is in the way.
 */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Overview } from '../../api/operator/answers.js';
import { parseConfig } from '../../settings/load-config.js';
import { domainId } from '../../simulator/seed.js';
import { localServerFlags } from '../../temporal/local-server.js';
import { registerSearchAttributes } from '../../temporal/search-attributes.js';
import { threadWorkflowId } from '../../workflows/contract/index.js';
import { afterBeats } from '../harness/beats.js';
import { Conversation } from '../harness/conversation.js';
import { openPassage, type Passage } from '../harness/passage.js';
import { startSilence } from '../harness/silence.js';
import { freePort } from '../../local/free-ports.js';
import { startTemporal, startTemporalAt } from '../harness/temporal.js';
import { testConfig } from '../harness/test-config.js';
import { contentImported, deliveryHeaders, deliveryOf } from '../harness/delivery.js';
import { secrets, startIngress, startWorld } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

type Ingress = Pick<Awaited<ReturnType<typeof startIngress>>, 'webhookUrl' | 'close'>;

/** The simulator's own, five seconds: the platform gives up on a delivery after it. */
const timeout = () => afterBeats(50);

/** What the ingress on this address answers, each within the platform's timeout. */
function answers({ webhookUrl }: Ingress) {
  const authorization = `Bearer ${secrets.BATON_OPERATOR_TOKEN}`;
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(new URL(path, webhookUrl), { headers, signal: timeout() });
    return { status: answer.status, body: await answer.json() };
  };
  return {
    live: () => get('/healthz'),
    ready: () => get('/readyz'),
    overview: () => get('/operator/overview', { authorization }),
    deliver: (...events: readonly object[]) =>
      fetch(webhookUrl, {
        method: 'POST',
        signal: timeout(),
        headers: deliveryHeaders(),
        body: JSON.stringify(deliveryOf(events)),
      }),
  };
}

type Said = { readonly thread: string; readonly content?: string; readonly event?: string };

function customerWrote({
  thread,
  content = `content-${thread}`,
  event = `event-${thread}`,
}: Said): object {
  const imported = contentImported({ id: thread, threadId: thread });
  return { ...imported, id: event, resource: { ...imported.resource, id: content } };
}

const ways = [
  { name: 'no process listens at its address', open: () => freePort().then(nothingAt) },
  { name: 'its address takes connections and never answers', open: startSilence },
];

function nothingAt(port: number) {
  return { port, close: () => Promise.resolve() };
}

describe.concurrent.each(ways)('while Temporal is away, and $name', ({ open }) => {
  let temporal: TestWorkflowEnvironment;
  let ingress: Ingress;
  let absence: Awaited<ReturnType<typeof open>>;
  let passage: Passage | undefined;
  beforeAll(async () => {
    temporal = await startTemporal();
    absence = await open();
    ingress = await startIngress(`127.0.0.1:${absence.port}`, parseConfig(testConfig()), 0, {
      namespace: temporal.namespace,
    });
  });
  afterAll(async () => {
    await ingress.close();
    await (passage ?? absence).close();
    await temporal.teardown();
  });

  it('a delivery is refused in time, to be sent again', { concurrent: false }, async () => {
    const answer = await answers(ingress).deliver(
      ...['a', 'b', 'c'].map((thread) => customerWrote({ thread })),
    );
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ error: 'not_accepted' });
  });

  it('the process is alive, and not ready', { concurrent: false }, async () => {
    expect(await answers(ingress).live()).toMatchObject({ status: 200 });
    const ready = await answers(ingress).ready();
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({
      status: 'not ready',
      obstacles: [expect.stringMatching(/^Temporal is not reachable/)],
    });
  });

  it('and once it is back, the same delivery is accepted', { concurrent: false }, async () => {
    const delivery = customerWrote({ thread: 'back' });
    expect((await answers(ingress).deliver(delivery)).status).toBe(503);
    await absence.close();
    passage = await openPassage(absence.port, temporal.address);
    await eventually(async () => (await answers(ingress).deliver(delivery)).status).toBe(200);
    await eventually(() => answers(ingress).ready()).toMatchObject({ status: 200 });
    const thread = temporal.client.workflow.getHandle(threadWorkflowId(domainId, 'back'));
    expect((await thread.describe()).status.name).toBe('RUNNING');
    // What it had begun to ask meanwhile has an answer too, and it may end.
    const looks = async () => (await answers(ingress).overview()).body as Pick<Overview, 'series'>;
    await eventually(async () => (await looks()).series).not.toEqual([]);
  });
});

describe.concurrent('a namespace that lacks one search attribute', () => {
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
    await eventually(() => answers(ingress).ready()).toEqual({
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

describe.concurrent('a delivery of which Temporal refuses one thread', () => {
  it('is sent again, and the customer of the other is answered, once', async () => {
    const world = await startWorld({
      config: testConfig({ engageTimeout: '1m' }),
      temporalFlags: ['--dynamic-config-value', 'limit.maxIDLength=100'],
    });
    const ana = new Conversation(world);
    // The platform's own delivery is lost, so that ours is the only one.
    await world.control.faults({ drop: { on: ['content.imported'] } });
    const content = await ana.says('hello');
    const accepted = customerWrote({ thread: ana.thread, content, event: 'event-of-ana' });
    // Longer than any id this Temporal takes.
    const refused = customerWrote({ thread: 'x'.repeat(100), content: 'c', event: 'e' });
    const { deliver } = answers({ webhookUrl: world.webhookUrl, close: () => world.stop() });
    const sent = async () => {
      const answer = await deliver(accepted, refused);
      return { status: answer.status, body: await answer.json() };
    };
    const message = '1 of 2 threads could not be reached; send again';
    for (let times = 1; times <= 3; times += 1) {
      await eventually(sent).toMatchObject({ status: 503, body: { message } });
    }
    await ana.untilBotSaid(1);
    await eventually(async () => (await deliver(accepted)).status).toBe(200);
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual(['Welcome!']);
    await world.stop();
  });
});
