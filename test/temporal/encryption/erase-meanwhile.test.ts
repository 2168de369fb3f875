/**
 * Erasing takes its time, and the world goes on meanwhile: what runs writes no more, who comes is erased too,
 * and no thread is left that nobody can read. No worker is there, for none is needed.
 */
import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { domainId, sources } from '../../../simulator/seed.js';
import { getEncryption } from '../../../temporal/encryption/data-converter.js';
import {
  connectOperatedThreads,
  type OperatedThreads,
} from '../../../temporal/operated-threads.js';
import type { TemporalSettings } from '../../../temporal/settings.js';
import { connectThreads, type Threads } from '../../../temporal/threads.js';
import { threadWorkflowId, type EngageEvent } from '../../../workflows/contract/index.js';
import { createEncryptedPlace, type EncryptedPlace } from '../../harness/encrypted.js';
import { quickDeletion, startTemporal } from '../../harness/temporal.js';
import { eventually } from '../../harness/eventually.js';

let place: EncryptedPlace;
let temporal: TestWorkflowEnvironment;
let operated: OperatedThreads;
/** An ingress, which knows a key for a while. */
let ingress: Threads;
let threadId: string;

function settings(keyLife: number): TemporalSettings {
  const connection = { address: temporal.address };
  return { namespace: 'default', connection, encryption: place.inAnotherProcess({ keyLife }) };
}

beforeAll(async () => {
  place = await createEncryptedPlace(500);
  temporal = await startTemporal(false, { flags: quickDeletion });
  operated = connectOperatedThreads(settings(500));
  ingress = connectThreads(settings(30_000));
}, 60_000);
afterAll(async () => {
  await operated.close();
  await ingress.close();
  await temporal.teardown();
  place.remove();
});
beforeEach(async () => {
  threadId = randomUUID();
  await handleEvent();
});

async function handleEvent(by = ingress): Promise<void> {
  const content = {
    ...{ id: randomUUID(), sourceId: sources.chat, body: 'hello', authorId: 'ana' },
    ...{ isPrivate: true, hasAttachment: false, categoryIds: [] },
  };
  const event: EngageEvent = {
    ...{ type: 'content.imported', id: randomUUID(), issuedAt: Date.now(), content },
  };
  await by.accept({ domainId, threadId, startOn: { sourceId: sources.chat }, events: [event] });
}

const workflowId = () => threadWorkflowId(domainId, threadId);
const erase = () => operated.erase([{ id: { domainId, threadId }, mayHaveSourceSdk: true }]);

async function state(): Promise<string> {
  const handle = temporal.client.workflow.getHandle(workflowId());
  return handle.describe().then(
    ({ status }) => status.name,
    (error: unknown) => (error instanceof WorkflowNotFoundError ? 'GONE' : String(error)),
  );
}

async function hasKey(): Promise<boolean> {
  const { keys, store } = getEncryption(place.encryption);
  const names = await keys.namesOf([workflowId()]);
  for await (const { under } of store.list()) if (under !== 'root' && names.has(under)) return true;
  return false;
}

it('what runs has ended, and who comes is erased with their key', async () => {
  const erased = erase();
  await eventually(hasKey).toBe(false);
  expect(await state()).toBe('TERMINATED');
  const another = connectThreads(settings(500));
  await handleEvent(another);
  await another.close();
  expect(await hasKey()).toBe(true);
  expect(await erased).toEqual({ runs: 2, keys: 2 });
  await eventually(state).toBe('GONE');
  expect(await hasKey()).toBe(false);
});

it('asked again, it waits for those who know the key yet', async () => {
  // As one leaves it that is broken off.
  await getEncryption(place.encryption).keys.destroy([workflowId()]);
  const erased = erase();
  await eventually(state).toBe('TERMINATED');
  await handleEvent();
  expect(await erased).toEqual({ runs: 2, keys: 0 });
  await eventually(state).toBe('GONE');
});
