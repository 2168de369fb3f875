/** What a business's own system is told when a thread needs a person. */
import type { Phase } from './lifecycle.js';
import type { Attention } from './attention.js';

export type Alert = {
  /** The how manyeth of this thread. */
  readonly number: number;
  readonly type: 'attention.raised' | 'attention.resolved';
  readonly at: number;
  readonly phase: Phase;
  readonly reason: string | undefined;
  readonly attention: Attention;
  readonly resolvedBy?: ResolvedBy;
};

export type ResolvedBy = 'humanCame' | 'botSpoke' | 'newConversation';
