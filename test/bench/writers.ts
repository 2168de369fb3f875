/** Customers who write again when they are answered. */
import type { PlatformProcess } from '../harness/platform-process.js';

export type Writer = {
  readonly thread: string;
  /** Writes, and waits for the reply. */
  readonly says: () => Promise<void>;
};

let writers = 0;

/** A new customer whose first content has been answered. */
export async function newWriter(
  platform: PlatformProcess,
  body = 'my parcel?',
  identity = `writer-${(writers += 1)}`,
): Promise<Writer> {
  const write = () => platform.control.customer({ source: 'chat', identity, body });
  const { thread_id: thread } = await write();
  await platform.untilPosted(thread, 1);
  return {
    thread,
    async says() {
      const isAnswered = platform.untilPosted(thread, platform.postedAt(thread).length + 1);
      await write();
      await isAnswered;
    },
  };
}

/** Runs `act` on all items, `atOnce` at the same time. */
export async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  const left = [...items];
  const one = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
