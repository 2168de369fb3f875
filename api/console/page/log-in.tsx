/** The page for nobody: the operator token, or the company's own log-in where there is one. */
import { useEffect, useState } from 'preact/hooks';
import type { Me } from '../../operator/answers.js';
import { PageTitle } from './parts/page-title.js';
import type { Ways } from './reach/answers.js';
import { LoggedOut } from './reach/call.js';
import * as baton from './reach/endpoints.js';

export function LogIn({ onLogIn }: { readonly onLogIn: (me: Me) => void }) {
  const ways = useWays();
  useLink(onLogIn);
  const isRefused = new URLSearchParams(location.search).has('refused');
  return (
    <main class="alone">
      <PageTitle title="Log in">Baton</PageTitle>
      <p class="muted">Who has which conversation, and why.</p>
      {isRefused && (
        <p role="alert">Your company knows you, but you are not among the operators.</p>
      )}
      {ways?.oidc && (
        <p>
          <a class="button" href={ways.oidc.url}>
            Log in with {ways.oidc.name}
          </a>
        </p>
      )}
      {ways?.token !== false && <TokenForm onLogIn={onLogIn} />}
    </main>
  );
}

function useWays(): Ways | undefined {
  const [ways, setWays] = useState<Ways>();
  useEffect(() => {
    baton.ways().then(setWays, () => undefined);
  }, []);
  return ways;
}

/**
 * The link that `npm start` prints has the development's token behind `#`, which no server is sent. Only on
 * this machine: a link from elsewhere logs nobody in as somebody else.
 */
function useLink(onLogIn: (me: Me) => void): void {
  useEffect(() => {
    const [, token] = /^#token=([\w-]+)$/.exec(location.hash) ?? [];
    if (token === undefined || !['127.0.0.1', 'localhost'].includes(location.hostname)) return;
    history.replaceState(null, '', location.pathname);
    baton.logIn(token, undefined).then(onLogIn, () => undefined);
  }, [onLogIn]);
}

function TokenForm({ onLogIn }: { readonly onLogIn: (me: Me) => void }) {
  const [token, setToken] = useState('');
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState<string>();
  const submit = (event: Event) => {
    event.preventDefault();
    const who = name.trim() === '' ? undefined : name.trim();
    baton.logIn(token.trim(), who).then(onLogIn, (error: unknown) => setWrong(wrongWords(error)));
  };
  return (
    <form class="stack" onSubmit={submit}>
      <label>
        Operator token
        <input
          type="password"
          name="token"
          autocomplete="current-password"
          required
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
      </label>
      <NameField name={name} onName={setName} />
      <p role="alert" class="wrong">
        {wrong}
      </p>
      <button class="primary">Log in</button>
    </form>
  );
}

type NameProps = { readonly name: string; readonly onName: (name: string) => void };

/** What one does stands in histories under one's name; a token of one's own says it already. */
function NameField({ name, onName }: NameProps) {
  return (
    <label>
      Your name, when several people have this token
      <input
        name="name"
        autocomplete="name"
        maxLength={100}
        value={name}
        onInput={(event) => onName(event.currentTarget.value)}
      />
    </label>
  );
}

function wrongWords(error: unknown): string {
  if (error instanceof LoggedOut) return 'That is not the token.';
  return error instanceof Error ? error.message : 'Baton does not answer.';
}
