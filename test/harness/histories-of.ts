/** All that a Temporal server has in its histories, as whoever has these keys can read it. */
import type { Payload } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { KeyDestroyed } from '../../temporal/encryption/errors.js';
import { encryptedWith, decrypt } from '../../temporal/encryption/payload-codec.js';
import type { EncryptionSettings } from '../../settings/encryption.js';
import { getEncryption } from '../../temporal/encryption/data-converter.js';

export type Histories = {
  /** What could be read, by workflow id. */
  readonly read: ReadonlyMap<string, string>;
  /** Payloads that were encrypted: those that could be opened, and those whose key is destroyed. */
  readonly opened: number;
  readonly erased: number;
  /** Payloads that were not encrypted. */
  readonly plain: readonly string[];
};

export async function readHistories(
  { client }: TestWorkflowEnvironment,
  settings: EncryptionSettings,
): Promise<Histories> {
  const { keys } = getEncryption(settings);
  const read = new Map<string, string>();
  const counts = { opened: 0, erased: 0 };
  const plain: string[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const payload of payloadsIn(history)) {
      if (encryptedWith(payload) === undefined) {
        plain.push(textOf(payload));
        continue;
      }
      try {
        const text = textOf(await decrypt(payload, keys));
        read.set(workflowId, `${read.get(workflowId) ?? ''}\n${text}`);
        counts.opened += 1;
      } catch (error) {
        if (!(error instanceof KeyDestroyed)) throw error;
        counts.erased += 1;
      }
    }
  }
  return { read, ...counts, plain };
}

function textOf({ data }: Payload): string {
  return Buffer.from(data ?? new Uint8Array()).toString();
}

/** Wherever in it they are. */
function payloadsIn(value: unknown): readonly Payload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('metadata' in value && isEncoded(value.metadata)) return [value as Payload];
  return Object.values(value).flatMap(payloadsIn);
}

function isEncoded(metadata: unknown): boolean {
  return typeof metadata === 'object' && metadata !== null && 'encoding' in metadata;
}
