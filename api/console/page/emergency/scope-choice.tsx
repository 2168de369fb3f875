/** Selects the scope of an emergency: everything, one source, or one bot. */
import { useEffect, useState } from 'preact/hooks';
import type { Scope } from '../../../../workflows/contract/index.js';
import { scopeName, scopeWords } from '../parts/words.js';
import type { SourceLine } from '../reach/answers.js';
import * as baton from '../reach/endpoints.js';
import { useSession } from '../reach/session.js';

type Props = { readonly scope: Scope; readonly onChoose: (scope: Scope) => void };

export function ScopeChoice({ scope, onChoose }: Props) {
  const [sources, setSources] = useState<readonly SourceLine[]>([]);
  useEffect(() => {
    baton.sources().then(setSources, () => undefined);
  }, []);
  const { me } = useSession();
  const scopes = scopesOf(sources, me.sources === 'all');
  const choose = (words: string) => {
    const chosen = scopes.find((one) => scopeWords(one) === words);
    if (chosen) onChoose(chosen);
  };
  return (
    <label>
      For
      <select value={scopeWords(scope)} onChange={(event) => choose(event.currentTarget.value)}>
        {scopes.map((one) => (
          <option key={scopeWords(one)} value={scopeWords(one)}>
            {'all' in one ? 'All conversations' : scopeTitle(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function scopesOf(sources: readonly SourceLine[], isForAll: boolean): readonly Scope[] {
  const bots = new Set(sources.flatMap(({ bot, others }) => [bot, ...others]));
  return [
    ...(isForAll ? [{ all: true } as const] : []),
    ...sources.map(({ name }) => ({ source: name })),
    ...[...bots].map((bot) => ({ bot })),
  ];
}

function scopeTitle(scope: Scope): string {
  return `${'source' in scope ? 'Source' : 'Bot'} ${scopeName(scope)}`;
}
