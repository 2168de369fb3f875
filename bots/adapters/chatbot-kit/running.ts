/** A bot of somebody else's, run in our process: what it throws, and that it may never return. */

/** By its kind and place alone: what a bot writes into an error may be a customer's words. */
export class KitBotThrew extends Error {
  override readonly name = 'KitBotThrew';
}

export function failureOf(error: unknown, bot: string): KitBotThrew {
  const isNamed = error instanceof Error && /^\w{1,50}$/.test(error.name);
  const [place = 'an unknown place'] =
    (error instanceof Error && error.stack?.match(/[^\s(/\\]+:\d+:\d+(?=\)?$)/m)) || [];
  return new KitBotThrew(`the bot ${bot} threw ${isNamed ? error.name : 'something'} at ${place}`);
}

/** @throws as soon as nobody wants it any more; what is still going on is left to itself */
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
