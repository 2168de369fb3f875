/** One conversation that never ends, and what a turn of it costs. */
import type { MeasuredStack } from '../harness/measured-stack.js';
import { costsOf, type Costs } from './growth-costs.js';
import { newWriter } from './writers.js';

/** In one delivery, and so in one turn. */
const batch = 100;

export type LongThread = {
  /** Until it has so many contents of the customer. */
  growTo(count: number): Promise<void>;
  costs(): Promise<Costs>;
};

export async function longThread(stack: MeasuredStack): Promise<LongThread> {
  const { platform } = stack;
  const identity = 'never-ends';
  const writer = await newWriter(platform, 'hello', identity);
  let there = 1;
  const writeAll = async (count: number) => {
    const isAnswered = platform.untilPosted(
      writer.thread,
      platform.postedAt(writer.thread).length + 1,
    );
    for (let at = 0; at < count; at += 1) {
      await platform.control.customer({
        source: 'chat',
        identity,
        body: `and number ${there + at}`,
      });
    }
    await isAnswered;
    there += count;
  };
  return {
    async growTo(count) {
      await platform.control.faults({ batch });
      while (there < count) await writeAll(Math.min(batch, count - there));
      await platform.control.faults({});
    },
    async costs() {
      const costs = await costsOf(stack, [writer, writer, writer]);
      there += 9;
      return costs;
    },
  };
}
