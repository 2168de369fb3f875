/** `/events`: the audit journal, which includes events that webhooks may have missed. */
import { must } from '../platform/platform.js';
import type { Routes } from './call.js';
import { paginate } from './page.js';
import { text } from './parameters.js';
import { parseSearch, wants } from './search.js';
import { showJournalEntry } from './show.js';

const keywords = [
  'content',
  'content_thread',
  'name_in',
  'created_before',
  'created_after',
  'user',
];

export const journalRoutes: Routes = (on, { state }) => {
  on('get', '/events', ({ parameters }) => {
    const search = parseSearch(text(parameters, 'q'), keywords);
    const [after] = search.of('created_after') ?? [];
    const [before] = search.of('created_before') ?? [];
    const names = search.of('name_in')?.flatMap((value) => value.split(','));
    const found = state.journal.filter(
      (entry) =>
        (names?.includes(entry.name) ?? true) &&
        wants(search, 'content_thread', info(entry.extra_infos, 'content_thread_id')) &&
        wants(search, 'content', info(entry.extra_infos, 'content_id')) &&
        wants(search, 'user', entry.user_id) &&
        (after === undefined || Date.parse(entry.created_at) >= asTime(after)) &&
        (before === undefined || Date.parse(entry.created_at) < asTime(before)),
    );
    return paginate(search.isAscending ? found : found.reverse(), parameters, showJournalEntry);
  });
  on('get', '/events/:id', ({ id }) =>
    showJournalEntry(
      must(Object.fromEntries(state.journal.map((one) => [one.id, one])), id, 'Event'),
    ),
  );
};

function info(infos: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = infos[name];
  return typeof value === 'string' ? value : null;
}

/** `2026-01-15 09:00:00`, in UTC. */
function asTime(text: string): number {
  return Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}Z`);
}
