/**
 * A time that is up after so many beats of this process. Of what a busy machine keeps from the process nothing
 * is counted: between two beats it always takes in what has come.
 */
export function afterBeats(beats: number, every = 100): AbortSignal {
  const over = new AbortController();
  let counted = 0;
  const beat = setInterval(() => {
    counted += 1;
    if (counted < beats) return;
    clearInterval(beat);
    over.abort(new Error(`${beats} beats are over`));
  }, every).unref();
  return over.signal;
}
