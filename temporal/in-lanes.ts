/** Runs calls to Temporal some at a time, which limits the load on the server. */
const lanes = 8;

/** In the order of `all`. @throws the first error */
export async function inLanes<A, R>(
  all: readonly A[],
  act: (one: A) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const waiting = [...all.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results[next[0]] = await act(next[1]);
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return results;
}
