/** Hook that keeps an answer of Baton up to date while the page is visible. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Away, LoggedOut } from './call.js';
import { poll, type Poller } from './poller.js';
import { useSession } from './session.js';

/** `message`: text of a refusal; absent when Baton does not answer. */
export type Trouble =
  { readonly is: 'away' } | { readonly is: 'refused'; readonly message: string };

export type Polled<T> = {
  /** The latest answer, kept while Baton is not reachable. */
  readonly value: T | undefined;
  readonly trouble: Trouble | undefined;
  readonly refresh: () => void;
};

/** @param what identifies the request: when it changes, the value is reset */
export function usePoll<T>(
  what: string,
  load: (signal: AbortSignal) => Promise<T>,
  every: number,
): Polled<T> {
  const { loggedOut } = useSession();
  const [known, setKnown] = useState<{ what: string; value?: T; trouble?: Trouble }>({ what });
  const poller = useRef<Poller>(undefined);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    const ask = async (signal: AbortSignal): Promise<void> => {
      try {
        const value = await latest.current(signal);
        if (!signal.aborted) setKnown({ what, value });
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof LoggedOut) loggedOut();
        const trouble = troubleOf(error);
        setKnown((last) => (last.what === what ? { ...last, trouble } : { what, trouble }));
        throw error;
      }
    };
    poller.current = poll(ask, every);
    return () => poller.current?.stop();
  }, [what, every, loggedOut]);

  const refresh = useRef(() => poller.current?.refresh()).current;
  const isOf = known.what === what;
  return {
    value: isOf ? known.value : undefined,
    trouble: isOf ? known.trouble : undefined,
    refresh,
  };
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof Away || !(error instanceof Error)) return { is: 'away' };
  return { is: 'refused', message: error.message };
}
