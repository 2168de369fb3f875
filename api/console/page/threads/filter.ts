/** The filter of the thread list, parsed from the address and formatted for the API. Pure. */
import type { ThreadLine } from '../../../operator/answers.js';
import { home } from '../route.js';

type Phase = ThreadLine['phase'];
const phases: readonly Phase[] = ['bot', 'handover', 'agent', 'closed'];

export type Filter = {
  /** Absent: all running threads. */
  readonly phase?: Phase;
  readonly source?: string;
  readonly attention?: true;
  /** `next` of the answer before. */
  readonly page?: string;
};

export function parseFilter(search: string): Filter {
  const given = new URLSearchParams(search);
  const phase = phases.find((one) => one === given.get('phase'));
  const [source, page] = [given.get('source'), given.get('page')];
  return {
    ...(phase && { phase }),
    ...(source && { source }),
    ...(given.get('attention') === 'true' && { attention: true }),
    ...(page && { page }),
  };
}

/** `?…` or empty: the same for address and API. */
export function formatQuery({ phase, source, attention, page }: Filter): string {
  const query = new URLSearchParams({
    ...(phase && { phase }),
    ...(source && { source }),
    ...(attention && { attention: 'true' }),
    ...(page && { page }),
  }).toString();
  return query === '' ? '' : `?${query}`;
}

export function listHref(filter: Filter): string {
  return `${home}${formatQuery(filter)}`;
}

/** The lines of this page that contain the typed text. */
export function matching(
  lines: readonly ThreadLine[],
  typed: string,
  words: (line: ThreadLine) => string,
): readonly ThreadLine[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return lines;
  return lines.filter((line) => `${line.id} ${words(line)}`.toLowerCase().includes(wanted));
}
