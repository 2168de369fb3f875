/** Progress of an emergency over its threads; the number found is the sum of all other numbers. */
import type { EmergencyView } from '../../../../workflows/contract/index.js';
import { Link } from '../parts/link.js';
import { spelt } from '../parts/words.js';
import { threadHref } from '../route.js';

type Progress = EmergencyView['toHumans'];
type Props = { readonly title: string; readonly progress: Progress };

export function ProgressLine({ title, progress }: Props) {
  const { found, moved, left, failed, remaining, failedThreads } = progress;
  return (
    <div class="progress">
      <h3>
        {title} <span class="muted">({stateOf(progress)})</span>
      </h3>
      <progress aria-label={title} value={found - remaining} max={Math.max(found, 1)} />
      <p class="number">
        <strong>{found}</strong> found = <strong>{moved}</strong> moved + {left} left + {failed}{' '}
        failed + {remaining} remaining
      </p>
      {failedThreads.length > 0 && (
        <ul class="failed">
          {failedThreads.map(({ workflowId, code }) => (
            <li key={workflowId}>
              <Link href={threadHref(workflowId.replace(/^thread:/, ''))}>{workflowId}</Link>:{' '}
              {spelt(code)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** With nothing remaining, the emergency still scans for more threads. */
function stateOf({ isDone, remaining }: Progress): string {
  if (isDone) return 'done';
  return remaining === 0 ? 'scanning for more' : 'under way';
}
