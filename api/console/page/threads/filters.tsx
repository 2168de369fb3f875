/** Filters of the thread list: phases with counts, threads that need attention, and sources. */
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Overview } from '../../../operator/answers.js';
import { navigate } from '../navigation.js';
import type { SourceLine } from '../reach/answers.js';
import * as baton from '../reach/endpoints.js';
import { Chips } from './chips.js';
import { listHref, type Filter } from './filter.js';

type Props = {
  readonly filter: Filter;
  readonly counts: Overview['threads'] | undefined;
  readonly typed: string;
  readonly setTyped: (typed: string) => void;
  readonly finder: RefObject<HTMLInputElement | null>;
};

export function Filters({ filter, counts, typed, setTyped, finder }: Props) {
  return (
    <div class="filters">
      <Chips filter={filter} counts={counts} />
      <SourceChoice filter={filter} />
      <label class="find">
        <span class="unseen">Find on this page</span>
        <input
          ref={finder}
          type="search"
          placeholder="Find on this page  /"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      </label>
    </div>
  );
}

function SourceChoice({ filter }: Pick<Props, 'filter'>) {
  const [sources, setSources] = useState<readonly SourceLine[]>([]);
  useEffect(() => {
    baton.sources().then(setSources, () => undefined);
  }, []);
  const choose = (source: string) => {
    const { phase, attention } = filter;
    const kept = { ...(phase && { phase }), ...(attention && { attention }) };
    navigate(listHref({ ...kept, ...(source !== '' && { source }) }));
  };
  const names = new Set([...sources.map(({ name }) => name), filter.source ?? '']);
  return (
    <label>
      <span class="unseen">Source</span>
      <select value={filter.source ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">All sources</option>
        {[...names].filter(Boolean).map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
