/** A thread is carried on by a next run once its history is long. */
import type { Conversation } from './conversation.js';
import { eventually } from './eventually.js';

/** The server suggests a next run beyond four megabytes. */
const portions = 10;
const filler = 'x'.repeat(500_000);

/** Makes its history long by what no run reads, and waits for the next one. */
export async function untilNextRun({ workflow }: Conversation): Promise<void> {
  const { runId } = await workflow.describe();
  // What comes after the events is nothing to the thread, and stays in the history.
  for (let i = 0; i < portions; i += 1) await workflow.signal('engageEvents', [], filler);
  // The server reports its present length with the next event.
  const happened = async () => {
    await workflow.signal('engageEvents', []);
    return (await workflow.describe()).runId;
  };
  await eventually(happened).not.toBe(runId);
}
