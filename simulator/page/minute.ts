/**
 * The guided tour of one minute: its five steps, and the progress of a conversation through them, from the
 * record.
 */
import { categories } from '../seed.js';
import type { ThreadRecord } from './answers.js';

export const steps = [
  { do: 'Write as the customer', then: 'the bot answers' },
  { do: 'Ask for an agent', then: 'write “a human please”, and Baton hands the thread over' },
  { do: 'Reply as the agent', then: 'from here on the bot is silent, whatever you write' },
  { do: 'Complete', then: 'Baton waits for the settle window' },
  { do: 'Wait for “closed”, write again', then: 'the bot is back' },
] as const;

type Progress = Pick<ThreadRecord, 'contents' | 'categories' | 'deliveries'>;

/** Number of completed steps. A later step implies the earlier ones. */
export function stepsDone(record: Progress | undefined): number {
  if (!record) return 0;
  const { contents } = record;
  const first = (by: string, after = -1) =>
    contents.findIndex((content, at) => at > after && content.by.startsWith(`${by}:`));
  const agent = first('agent');
  const isCompleted = record.deliveries.some(({ events }) =>
    events.some(({ type }) => type === 'intervention.closed'),
  );
  const done = [
    first('customer') >= 0,
    record.categories.some(({ ids }) => ids.includes(categories.agent)),
    agent >= 0,
    isCompleted,
    agent >= 0 && isCompleted && first('bot', agent) > agent,
  ];
  return done.lastIndexOf(true) + 1;
}
