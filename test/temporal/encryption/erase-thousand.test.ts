/**
 * A thousand conversations of one person, who was merged twice, are erased; everybody else is as before. How long
 * it took is printed, not judged. The keys are in a folder and known for ten seconds, as in production.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { domainId, sources } from '../../../simulator/seed.js';
import { connectThreads, type Threads } from '../../../temporal/threads.js';
import type { EngageEvent } from '../../../workflows/contract/index.js';
import { caller, operators } from '../../harness/operators.js';
import { createEncryptedPlace, type EncryptedPlace } from '../../harness/encrypted.js';
import { testConfig } from '../../harness/test-config.js';
import { startWorld, type World } from '../../harness/world.js';
import { eventually } from '../../harness/eventually.js';

const identities = ['identity-one', 'identity-two', 'identity-three'];
const thousand = 1_000;
const others = 50;

let place: EncryptedPlace;
let world: World;
let threads: Threads;
beforeAll(async () => {
  place = await createEncryptedPlace(10_000);
  const encrypted = { encryption: place.encryption, workflowBundle: await place.bundle() };
  world = await startWorld({
    config: { ...testConfig(), operators },
    encrypted,
    withoutWorker: true,
  });
  const { address, namespace = 'default' } = world.temporal;
  const connection = { address };
  threads = connectThreads({ namespace, connection, encryption: place.encryption });
}, 120_000);
afterAll(async () => {
  await threads.close();
  await world.stop();
  place.remove();
}, 60_000);

async function begin(threadId: string, authorId: string): Promise<void> {
  const content = {
    ...{ id: randomUUID(), sourceId: sources.chat, body: `hello from ${threadId}`, authorId },
    ...{ isPrivate: true, hasAttachment: false, categoryIds: [] },
  };
  const event: EngageEvent = {
    ...{ type: 'content.imported', id: randomUUID(), issuedAt: Date.now(), content },
  };
  const startOn = { sourceId: sources.chat };
  await threads.accept({ domainId, threadId, startOn, events: [event] });
}

async function beginAll(count: number, of: (index: number) => [string, string]): Promise<void> {
  const all = Array.from({ length: count }, (_, index) => of(index));
  const lanes = Array.from({ length: 10 }, async () => {
    for (let one = all.pop(); one; one = all.pop()) await begin(...one);
  });
  await Promise.all(lanes);
}

it('of one person, merged twice', { timeout: 300_000 }, async () => {
  await beginAll(thousand, (index) => [`theirs-${index}`, identities[index % 3] ?? '']);
  await beginAll(others, (index) => [`other-${index}`, `somebody-${index}`]);
  const call = caller(world.webhookUrl);
  const [person = '', ...merged] = identities;
  const at = `/operator/people/${person}/erase`;
  const ask = (more: object) =>
    call('adam', 'post', at, { why: 'a request by letter', identities: merged, ...more });
  const counted = { dryRun: true, person: { identities: 3, threads: thousand, unmarked: 0 } };
  await eventually(() => ask({ dryRun: true })).toMatchObject({ status: 200, body: counted });
  const count = async () => (await world.temporal.client.workflow.count()).count;
  const before = await count();

  const began = performance.now();
  const { status, body } = await ask({ dryRun: false, confirm: person });
  const took = performance.now() - began;
  expect({ status, body }).toMatchObject({
    ...{ status: 200, body: { erased: { threads: thousand, keys: thousand, runs: thousand } } },
  });
  console.log(`${thousand} conversations erased in ${(took / 1_000).toFixed(1)} s`);
  // Temporal takes half a minute until it begins to delete what has ended.
  await eventually(count).toBe(before - thousand);
  expect((await ask({ dryRun: true })).body).toMatchObject({ person: { threads: 0 } });
});
