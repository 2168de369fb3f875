/**
 * The points at which faults strike. A point is named by the one call that a process has under way there: a process
 * whose call is held on the wire can do nothing else for that thread.
 */
import type { Passing } from '../harness/wires/gate.js';

export type Point = {
  readonly name: string;
  /** The wire on which the call is held. */
  readonly at: { readonly role: 'worker' | 'ingress'; readonly wire: 'platform' | 'temporal' };
  readonly isThere: (passing: Passing) => boolean;
  /** What customers write to bring their threads to the point. */
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

/** Points at which negative controls are struck. */
export const named = { post, recategorising, accepting } as const;

export const points: readonly Point[] = [
  {
    name: 'before the call',
    ...{ at: worker, says: 'parcel' },
    // The last read before the post: its answer releases the post.
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
    // Only the input of the next run contains this text.
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
