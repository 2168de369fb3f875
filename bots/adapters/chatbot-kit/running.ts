/** Runs third-party bot code in our process: wraps its errors, and bounds its time. */

/** Contains only type and location of the error: its message may contain customers' text. */
export class KitBotThrew extends Error {
  override readonly name = 'KitBotThrew';
}

export function describeFailure(error: unknown, bot: string): KitBotThrew {
  const isNamed = error instanceof Error && /^\w{1,50}$/.test(error.name);
  const [place = 'an unknown location'] =
    (error instanceof Error && error.stack?.match(/[^\s(/\\]+:\d+:\d+(?=\)?$)/m)) || [];
  return new KitBotThrew(`the bot ${bot} threw ${isNamed ? error.name : 'something'} at ${place}`);
}

/** @throws when the signal aborts; work that is still under way is abandoned */
export async function unlessWithdrawn(signal: AbortSignal, doing: Promise<void>): Promise<void> {
  let stop = () => {};
  const withdrawn = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('the question was withdrawn'));
    signal.addEventListener('abort', stop);
  });
  if (signal.aborted) stop();
  try {
    await Promise.race([doing, withdrawn]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
