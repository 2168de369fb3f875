/**
 * Polls a control every second while the page is visible, and at once after each action. Requests do not
 * overlap.
 */
import { useEffect, useState } from 'preact/hooks';
import { callControl, type Answered, type ControlFailure } from './call-control.js';

export type Polled<T> = { readonly answer?: T; readonly refusal?: ControlFailure };
type Kept<T> = Polled<T> & { readonly path?: string; readonly text?: string };

/** @param pulse changes after each action */
export function usePolled<T>(path: string | undefined, pulse: number, every = 1_000): Polled<T> {
  const [kept, setKept] = useState<Kept<T>>({});
  useEffect(() => {
    if (path === undefined) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAsking = false;
    const look = async () => {
      if (document.hidden || isAsking) return;
      clearTimeout(timer);
      isAsking = true;
      const answered = await callControl<T>('GET', path, undefined, stop.signal);
      isAsking = false;
      if (stop.signal.aborted) return;
      setKept((before) => keep(before, path, answered));
      timer = setTimeout(() => void look(), every);
    };
    const looked = () => void look();
    document.addEventListener('visibilitychange', looked);
    void look();
    return () => {
      stop.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', looked);
    };
  }, [path, pulse, every]);
  return kept.path === path ? kept : {};
}

/** Keeps the object for an equal answer, so that nothing is rendered again. */
function keep<T>(before: Kept<T>, path: string, answered: Answered<T>): Kept<T> {
  const isSamePath = before.path === path;
  if ('answer' in answered) {
    const { answer, text } = answered;
    const isSame = isSamePath && before.text === text && !before.refusal;
    return isSame ? before : { path, answer, text };
  }
  const { refusal } = answered;
  // While the simulator is down, the last answer stays.
  return refusal.error === 'simulator_away' && isSamePath
    ? { ...before, refusal }
    : { path, refusal };
}
