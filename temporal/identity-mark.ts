/**
 * The search-attribute value that identifies a thread's customer: the platform's opaque identity id, or,
 * with encryption, a keyed mark derived from it.
 */
import type { EncryptionSettings } from '../settings/encryption.js';
import { searchAttributes, type EngageEvent } from '../workflows/contract/index.js';
import { getEncryption } from './encryption/data-converter.js';

export type IdentityMarks = {
  /**
   * Search attributes of a thread that starts with these events: empty unless a customer wrote one of
   * them.
   */
  attributesOf(events: readonly EngageEvent[]): Promise<StartAttributes>;
  /** All marks this identity may have, from before and after encryption was enabled. */
  of(identity: string): Promise<readonly string[]>;
};

export type StartAttributes = {
  readonly typedSearchAttributes?: [{ key: typeof searchAttributes.identity; value: string }];
};

export function createIdentityMarks(settings: EncryptionSettings | undefined): IdentityMarks {
  const keys = settings && getEncryption(settings).keys;
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

/** Author of a content who is not a user, neither on the platform nor in the channel's own app. */
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
