/** All running conversations, live, those that need attention first. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ThreadLine } from '../../../operator/answers.js';
import { Announce } from '../parts/announce.js';
import { PageTitle } from '../parts/page-title.js';
import { TroubleNotice } from '../parts/trouble-notice.js';
import { useKeys } from '../parts/use-keys.js';
import { reasonWords } from '../parts/words.js';
import * as baton from '../reach/endpoints.js';
import { usePoll } from '../reach/use-poll.js';
import { phaseChanges } from './changes.js';
import { parseFilter, matching, formatQuery } from './filter.js';
import { Filters } from './filters.js';
import { Paging } from './paging.js';
import { ThreadTable } from './thread-table.js';
import { toTheLine } from './to-the-line.js';

export function ThreadsPage({ search }: { readonly search: string }) {
  const filter = parseFilter(search);
  const query = formatQuery(filter);
  const [typed, setTyped] = useState('');
  const finder = useRef<HTMLInputElement>(null);
  const list = usePoll(query, (signal) => baton.threads(query, signal), 2_000);
  const counts = usePoll('counts', (signal) => baton.counts(signal), 5_000);
  const words = useChanges(query, list.value?.threads);
  useKeys({
    j: () => toTheLine(1),
    ArrowDown: () => toTheLine(1),
    k: () => toTheLine(-1),
    ArrowUp: () => toTheLine(-1),
    '/': () => finder.current?.focus(),
  });
  const lines = list.value && matching(list.value.threads, typed, lineWords);
  return (
    <>
      <PageTitle title="Threads" />
      <Filters filter={filter} counts={counts.value?.threads} {...{ typed, setTyped, finder }} />
      <TroubleNotice trouble={list.trouble} />
      <Announce words={words} />
      {lines && <ThreadTable lines={lines} />}
      {list.value && <Paging filter={filter} next={list.value.next} />}
    </>
  );
}

function lineWords({ source, reason }: ThreadLine): string {
  return `${source} ${reason ?? ''} ${reasonWords(reason)}`;
}

/** Announcement of the last change; empty after the list was switched. */
function useChanges(query: string, lines: readonly ThreadLine[] | undefined): string {
  const [words, setWords] = useState('');
  const before = useRef<{ query: string; lines: readonly ThreadLine[] }>(undefined);
  useEffect(() => {
    if (!lines) return;
    const said =
      before.current?.query === query ? phaseChanges(before.current.lines, lines) : undefined;
    before.current = { query, lines };
    if (said !== undefined) setWords(said);
  }, [query, lines]);
  return words;
}
