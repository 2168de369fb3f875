/**
 * The log-in page: with the operator token, or with the company's identity provider where one is
 * configured.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Me } from '../../operator/answers.js';
import type { GivenLink } from './link.js';
import { PageTitle } from './parts/page-title.js';
import type { Ways } from './reach/answers.js';
import { LoggedOut } from './reach/call.js';
import * as baton from './reach/endpoints.js';

type Props = { readonly link: GivenLink | undefined; readonly onLogIn: (me: Me) => void };

export function LogIn({ link, onLogIn }: Props) {
  const ways = useWays();
  const linkWords = useLink(link, onLogIn);
  const isRefused = new URLSearchParams(location.search).has('refused');
  return (
    <main class="alone">
      <PageTitle title="Log in">Baton</PageTitle>
      <p class="muted">Which conversations the bot has, which the agents have, and why.</p>
      {isRefused && (
        <p role="alert">
          Your company’s login succeeded, but you are not configured as an operator.
        </p>
      )}
      {linkWords !== undefined && <p role="alert">{linkWords}</p>}
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

/** @returns the message for a link that is not valid */
function useLink(link: GivenLink | undefined, onLogIn: (me: Me) => void): string | undefined {
  const [words, setWords] = useState<string>();
  useEffect(() => {
    if (!link) return;
    const stale = 'The token in the link is invalid: the latest npm start printed a new one.';
    baton.logIn(link.token, link.name).then(onLogIn, () => setWords(stale));
  }, [link, onLogIn]);
  return words;
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

/** Actions are recorded under a name; a personal token already carries it. */
function NameField({ name, onName }: NameProps) {
  return (
    <label>
      Your name, if several operators share this token (optional)
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
  if (error instanceof LoggedOut) return 'This token is invalid.';
  return error instanceof Error ? error.message : 'Baton does not answer.';
}
