/** The thread list. ARIA roles are explicit because on a phone the lines are laid out as cards. */
import type { ThreadLine } from '../../../operator/answers.js';
import { formatDuration } from '../parts/duration.js';
import { Link } from '../parts/link.js';
import { PhasePill } from '../parts/phase-pill.js';
import { useNow } from '../parts/use-now.js';
import { reasonWords, speakerWords } from '../parts/words.js';
import { threadHref } from '../route.js';

const columns = ['Phase', 'Time in phase', 'Speaks next', 'Why', 'Source', 'Thread'];

export function ThreadTable({ lines }: { readonly lines: readonly ThreadLine[] }) {
  const now = useNow();
  if (lines.length === 0) return <p class="empty">No thread matches the filter.</p>;
  return (
    <table class="threads" role="table" aria-label="Threads">
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((name) => (
            <th key={name} role="columnheader" scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {lines.map((line) => (
          <ThreadRow key={line.id} line={line} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function ThreadRow({ line, now }: { readonly line: ThreadLine; readonly now: number }) {
  const { id, phase, since, reason, source, attention, next } = line;
  return (
    <tr role="row" class={attention ? 'attention' : undefined}>
      <td role="cell">
        <PhasePill phase={phase} />
        {attention && <strong class="mark">Attention</strong>}
      </td>
      <td role="cell" class={phase === 'handover' ? 'number waiting' : 'number'}>
        {since !== null && (
          <time dateTime={since} title={since}>
            {formatDuration(now - Date.parse(since))}
          </time>
        )}
      </td>
      <td role="cell">
        {next !== null && speakerWords[next.who]}
        {next?.since && (
          <time class="number" dateTime={next.since} title={next.since}>
            {` for ${formatDuration(now - Date.parse(next.since))}`}
          </time>
        )}
      </td>
      <td role="cell">{reasonWords(reason)}</td>
      <td role="cell">{source}</td>
      <td role="cell">
        <Link data-line href={threadHref(id)} title={id}>
          {id.slice(id.indexOf(':') + 1)}
        </Link>
      </td>
    </tr>
  );
}
