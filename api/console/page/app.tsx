/** The root component: shows the log-in without a session, and the console with one. */
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Me } from '../../operator/answers.js';
import { Frame } from './frame.js';
import type { GivenLink } from './link.js';
import { LogIn } from './log-in.js';
import { useHere } from './navigation.js';
import { Page } from './page.js';
import { LoggedOut, Refused, rememberCsrf } from './reach/call.js';
import * as baton from './reach/endpoints.js';
import { SessionContext } from './reach/session.js';

type Who = Me | 'unknown' | 'loggedOut' | 'off' | 'away';

export function App({ link }: { readonly link: GivenLink | undefined }) {
  const { who, setWho, loggedOut } = useWho();
  const here = useHere();
  const session = useMemo(
    () => (typeof who === 'string' ? undefined : { me: who, loggedOut }),
    [who, loggedOut],
  );
  if (!session) return <WithoutSession link={link} who={who} onLogIn={setWho} />;
  return (
    <SessionContext.Provider value={session}>
      <Frame pathname={here.pathname} onLogOut={loggedOut}>
        <Page pathname={here.pathname} search={here.search} />
      </Frame>
    </SessionContext.Provider>
  );
}

type WithoutSessionProps = {
  readonly link: GivenLink | undefined;
  readonly who: Who;
  readonly onLogIn: (me: Me) => void;
};

function WithoutSession({ link, who, onLogIn }: WithoutSessionProps) {
  if (who === 'loggedOut') return <LogIn {...{ link, onLogIn }} />;
  const words: Record<string, string> = {
    unknown: 'One moment …',
    away: 'Baton does not answer, trying again',
    off: 'The operator’s routes are off: set BATON_OPERATOR_TOKEN for the ingress.',
  };
  return (
    <main class="alone">
      <h1>Baton</h1>
      <p role="status">{typeof who === 'string' ? words[who] : ''}</p>
    </main>
  );
}

function useWho() {
  const [who, setKnown] = useState<Who>('unknown');
  const setWho = useCallback((next: Who) => {
    rememberCsrf(typeof next === 'string' ? undefined : next.csrf);
    setKnown(next);
  }, []);
  const loggedOut = useCallback(() => setWho('loggedOut'), [setWho]);
  useEffect(() => {
    if (who !== 'unknown' && who !== 'away') return undefined;
    const ask = () => void baton.me().catch(outsider).then(setWho);
    const timer = setTimeout(ask, who === 'away' ? 3_000 : 0);
    return () => clearTimeout(timer);
  }, [who, setWho]);
  return { who, setWho, loggedOut };
}

function outsider(error: unknown): Who {
  if (error instanceof LoggedOut) return 'loggedOut';
  return error instanceof Refused && error.status === 403 ? 'off' : 'away';
}
