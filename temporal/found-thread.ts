/** A thread as a Temporal search returns it: its id and its search attributes. */
import {
  parseThreadWorkflowId,
  searchAttributes,
  type Phase,
  type Speaker,
} from '../workflows/contract/index.js';

export type FoundThread = {
  readonly domainId: string;
  readonly threadId: string;
  readonly source: string | undefined;
  readonly phase: Phase | undefined;
  readonly reason: string | undefined;
  /** ISO 8601. */
  readonly phaseSince: string | undefined;
  readonly attention: boolean;
  readonly next: Speaker | undefined;
  /** ISO 8601. */
  readonly unansweredSince: string | undefined;
};

/** Shape of the server's answer. */
type Found = {
  readonly execution?: { readonly workflowId?: string | null } | null;
  readonly searchAttributes?: {
    readonly indexedFields?: Readonly<Record<string, { readonly data?: Uint8Array | null }>> | null;
  } | null;
};

export function toFoundThread({ execution, searchAttributes: known }: Found): FoundThread {
  const ids = parseThreadWorkflowId(execution?.workflowId ?? '');
  const read = (name: string): unknown => {
    const text = known?.indexedFields?.[name]?.data;
    return text && text.length > 0 ? JSON.parse(Buffer.from(text).toString()) : undefined;
  };
  const word = (name: string) => {
    const value = read(name);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    domainId: ids?.domainId ?? '',
    threadId: ids?.threadId ?? '',
    source: word(searchAttributes.source.name),
    phase: word(searchAttributes.phase.name) as Phase | undefined,
    reason: word(searchAttributes.reason.name),
    phaseSince: word(searchAttributes.phaseSince.name),
    attention: read(searchAttributes.attention.name) === true,
    next: word(searchAttributes.next.name) as Speaker | undefined,
    unansweredSince: word(searchAttributes.unansweredSince.name),
  };
}
