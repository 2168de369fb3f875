/**
 * What a thread's customer is found by in Temporal's searches: the identity's id, which is the platform's and
 * opaque, or, where payloads are encrypted, a mark that only who has the keys can make of it.
 */
import type { EncryptionSettings } from '../settings/encryption.js';
import { searchAttributes, type EngageEvent } from '../workflows/contract/index.js';
import { encryptionOf } from './encryption/data-converter.js';

export type IdentityMarks = {
  /** What a thread with these news is begun with: nothing while no customer is among their authors. */
  attributesOf(events: readonly EngageEvent[]): Promise<StartAttributes>;
  /** All by which this identity may have been marked, before and after encryption was switched on. */
  of(identity: string): Promise<readonly string[]>;
};

export type StartAttributes = {
  readonly typedSearchAttributes?: [{ key: typeof searchAttributes.identity; value: string }];
};

export function createIdentityMarks(settings: EncryptionSettings | undefined): IdentityMarks {
  const keys = settings && encryptionOf(settings).keys;
  return {
    async attributesOf(events) {
      const identity = customerIn(events);
      if (identity === undefined) return {};
      const value = keys ? await keys.markOf(identity) : identity;
      return { typedSearchAttributes: [{ key: searchAttributes.identity, value }] };
    },
    of: async (identity) => (keys ? [await keys.markOf(identity), identity] : [identity]),
  };
}

/** Who wrote without being a user, here or in the channel's own app. */
function customerIn(events: readonly EngageEvent[]): string | undefined {
  for (const event of events) {
    if (event.type !== 'content.imported') continue;
    const { authorId, creatorId, status } = event.content;
    if (authorId !== undefined && creatorId === undefined && !status?.startsWith('user_')) {
      return authorId;
    }
  }
  return undefined;
}
