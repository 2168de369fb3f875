/**
 * The named points: where a process is when the fault strikes it, told by the one call on the wire that it
 * then has under way. A process that waits for the answer to a call, or whose call has not gone out, is at
 * the point as surely as one that stops itself there.
 */
import type { Passing } from '../harness/wires/gate.js';

export type Point = {
  readonly name: string;
  /** Whose wire, and which. */
  readonly at: { readonly role: 'worker' | 'ingress'; readonly wire: 'platform' | 'temporal' };
  readonly isThere: (passing: Passing) => boolean;
  /** What customers say to bring threads there. */
  readonly says: 'parcel' | 'human';
};

const worker = { role: 'worker', wire: 'platform' } as const;
const workerToTemporal = { role: 'worker', wire: 'temporal' } as const;
const ingress = { role: 'ingress', wire: 'temporal' } as const;

const recategorises = /^PUT \/1\.0\/content_threads\/[^/]+\/update_categories$/;

const post: Point = {
  name: 'after the effect, before its answer',
  ...{ at: worker, says: 'parcel' },
  isThere: ({ call, going }) => going === 'answer' && call === 'POST /1.0/contents',
};

const recategorised: Point = {
  name: 'handover: recategorised, customer not told',
  ...{ at: worker, says: 'human' },
  isThere: ({ call, going }) => going === 'answer' && recategorises.test(call),
};

const recategorising: Point = {
  name: 'handover: about to recategorise',
  ...{ at: worker, says: 'human' },
  isThere: ({ call, going }) => going === 'request' && recategorises.test(call),
};

const accepting: Point = {
  name: 'ack: before Temporal has it',
  ...{ at: ingress, says: 'parcel' },
  isThere: ({ call, going }) => going === 'request' && call.startsWith('Signal'),
};

/** Those that negative controls are struck at. */
export const named = { post, recategorising, accepting } as const;

export const points: readonly Point[] = [
  {
    name: 'before the call',
    ...{ at: worker, says: 'parcel' },
    // The last look before the post: when its answer comes, the post goes out.
    isThere: ({ call, going }) => going === 'answer' && call === 'GET /1.0/contents',
  },
  post,
  {
    name: 'after the answer, before the report',
    ...{ at: workerToTemporal, says: 'parcel' },
    isThere: ({ call, going, body }) =>
      going === 'request' && call === 'RespondActivityTaskCompleted' && body.includes('"posted"'),
  },
  {
    name: 'inside continue-as-new',
    ...{ at: workerToTemporal, says: 'parcel' },
    // Only what the next run is begun with is called so.
    isThere: ({ call, going, body }) =>
      going === 'request' &&
      call === 'RespondWorkflowTaskCompleted' &&
      body.includes('"carried":{"state"'),
  },
  accepting,
  {
    name: 'ack: Temporal has it, no 200 yet',
    ...{ at: ingress, says: 'parcel' },
    isThere: ({ call, going }) => going === 'answer' && call.startsWith('Signal'),
  },
  recategorising,
  recategorised,
];
