/**
 * A person is erased: not a word of theirs is left in Temporal's database, nor can one be read from a copy
 * of it made before, with all keys that there are. Nothing of anybody else changes.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domainId } from '../../../simulator/seed.js';
import { clientAt } from '../../../temporal/client.js';
import { engageEvents, threadWorkflowId } from '../../../workflows/contract/index.js';
import { canary, carryCanaries, foundIn, paths, singing } from '../../harness/canaries.js';
import { Conversation } from '../../harness/conversation.js';
import { readHistories } from '../../harness/histories-of.js';
import { caller, operators } from '../../harness/operators.js';
import { createEncryptedPlace, type EncryptedPlace } from '../../harness/encrypted.js';
import { quickDeletion, startTemporal } from '../../harness/temporal.js';
import { testConfig } from '../../harness/test-config.js';
import { untilDelivered } from '../../harness/delivered.js';
import { secrets, startWorld, type World, type WorldOptions } from '../../harness/world.js';
import { eventually } from '../../harness/eventually.js';

const config = { ...testConfig({ source: { openIntervention: 'first' } }), operators };
const usual = { config, ports: singing } satisfies WorldOptions;
const all = (of: string) => paths.map((path) => canary(of, path));

let place: EncryptedPlace;
beforeAll(async () => {
  place = await createEncryptedPlace();
});
afterAll(() => place.remove());

describe('encrypted', () => {
  let world: World;
  let call: ReturnType<typeof caller>;
  let ana: Conversation;
  let ben: Conversation;
  const database = () => join(place.folder, 'temporal.db');
  const backup = () => join(place.folder, 'backup', 'temporal.db');

  beforeAll(async () => {
    const encrypted = { encryption: place.encryption, workflowBundle: await place.bundle() };
    world = await startWorld({
      ...{ ...usual, encrypted, databasePath: database() },
      temporalFlags: quickDeletion,
    });
    call = caller(world.webhookUrl);
  });
  afterAll(() => world.stop());

  /** As the platform knows the customer. */
  async function identityOf({ thread }: Conversation): Promise<string> {
    const { contents } = await world.control.record(thread);
    const response = await fetch(`${world.simulator.url}/1.0/contents/${contents[0]?.id ?? ''}`, {
      headers: { authorization: `Bearer ${secrets.ENGAGE_TOKEN}` },
    });
    return ((await response.json()) as { author_id: string }).author_id;
  }

  const storyOf = async ({ thread }: Conversation) =>
    call('vera', 'get', `/operator/threads/${domainId}:${thread}/timeline`);

  it('nothing that was said, kept, failed or noted is in the database, nor who it was', async () => {
    [ana, ben] = await Promise.all([carryCanaries(world, 'ana'), carryCanaries(world, 'ben')]);
    const words = [...all('ana'), ...all('ben'), await identityOf(ana), ana.identity];
    expect(foundIn(database(), words)).toEqual([]);
  });

  it('and all of it is in the thread’s story for who may read it', async () => {
    const { status, body } = await storyOf(ana);
    expect(status).toBe(200);
    for (const path of ['customer', 'reply', 'agent', 'why'] as const) {
      expect(JSON.stringify(body)).toContain(canary('ana', path));
    }
  });

  it('while the keys are away deliveries are refused, threads wait, and nothing is lost', async () => {
    const encryption = place.inAnotherProcess({ keyLife: 60_000 });
    const other = clientAt({
      connection: world.temporal.connection,
      namespace: 'default',
      encryption,
    });
    const thread = other.workflow.getHandle(threadWorkflowId(domainId, ben.thread));
    await thread.signal(engageEvents, []);
    const [keys, away] = [join(place.folder, 'keys'), join(place.folder, 'away')];
    renameSync(keys, away);
    try {
      const since = Date.now();
      const eve = new Conversation(world);
      await eve.says('hello');
      const statuses = async () =>
        (await world.control.record(eve.thread)).deliveries.map(({ status }) => status);
      await eventually(statuses).toContain(503);
      const ready = async () => (await fetch(new URL('/readyz', world.webhookUrl))).json();
      expect(await ready()).toMatchObject({ obstacles: [expect.stringContaining('key store')] });
      // Nobody knows a key any more; this is encrypted by somebody who does, and no worker can open it.
      await eventually(() => Date.now() - since).toBeGreaterThan(1_500);
      await thread.signal(engageEvents, []);
      renameSync(away, keys);
      await eventually(ready).toEqual({ status: 'ready' });
      // The platform sends again, in a while of its own.
      await world.control.advance('10m');
      await eve.untilBotSaid(1);
    } finally {
      if (existsSync(away)) renameSync(away, keys);
    }
    await ben.says('canary-ben-customer-bird they are back');
    await ben.untilBotSaid(3);
    for (const one of [ana, ben]) {
      await untilDelivered(world, one.thread);
      await one.untilQuiet();
    }
    expect(foundIn(database(), all('ben'))).toEqual([]);
  });

  it('erased, no copy of the database gives anything back, and others are as they were', async () => {
    mkdirSync(join(place.folder, 'backup'));
    for (const ending of ['', '-wal', '-shm']) {
      if (existsSync(database() + ending)) copyFileSync(database() + ending, backup() + ending);
    }
    const before = (await storyOf(ben)).body['moments'];
    const at = `/operator/people/${await identityOf(ana)}/erase`;
    const given = { why: 'a request by letter', dryRun: true };
    const counted = () => call('adam', 'post', at, given);
    await eventually(counted).toMatchObject({
      status: 200,
      body: { person: { threads: 1, unmarked: 0 } },
    });
    const meant = { ...given, dryRun: false };
    expect((await call('adam', 'post', at, meant)).status).toBe(422);
    const confirm = await identityOf(ana);
    const erased = await call('adam', 'post', at, { ...meant, confirm });
    expect(erased).toMatchObject({ status: 200, body: { erased: { threads: 1, keys: 1 } } });

    await eventually(async () => (await storyOf(ana)).status).toBe(404);
    expect((await storyOf(ben)).body['moments']).toEqual(before);

    const restored = await startTemporal(false, { databasePath: backup() });
    try {
      const {
        read,
        opened,
        erased: lost,
        plain,
      } = await readHistories(restored, place.inAnotherProcess());
      const text = [...read.values()].join('\n');
      expect(all('ana').filter((word) => text.includes(word))).toEqual([]);
      expect(all('ben').filter((word) => !text.includes(word))).toEqual([]);
      expect(read.has(threadWorkflowId(domainId, ana.thread))).toBe(false);
      expect(lost).toBeGreaterThan(30);
      expect(opened).toBeGreaterThan(30);
      // Not encrypted: search attributes, also unset ones, and the SDK's own notes of local activities.
      const known = /^("([\w-]{1,30}|\d[\w:.-]+Z)"|true|false|null|\{"seq":.*)$/;
      expect(plain.filter((one) => !known.test(one))).toEqual([]);
    } finally {
      await restored.teardown();
    }
  });

  it('who was erased may come again, and begins anew', async () => {
    await ana.says('canary-again-customer-bird hello');
    await eventually(async () => (await storyOf(ana)).status).toBe(200);
    const { body } = await storyOf(ana);
    expect(JSON.stringify(body)).not.toContain(canary('ana', 'customer'));
  });
});

it('negative control: without encryption the same search finds every word of it', async () => {
  const databasePath = join(place.folder, 'plain.db');
  const world = await startWorld({ ...usual, databasePath });
  try {
    await carryCanaries(world, 'eve');
    expect(foundIn(databasePath, all('eve'))).toEqual(all('eve'));
  } finally {
    await world.stop();
  }
});
