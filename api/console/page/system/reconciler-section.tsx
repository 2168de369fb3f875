/** The reconciler's last runs: events found, backfilled, and failed. */
import { Time } from '../parts/time.js';
import { TroubleNotice } from '../parts/trouble-notice.js';
import { counted } from '../parts/words.js';
import type { ReconcilerReport } from '../reach/answers.js';
import * as baton from '../reach/endpoints.js';
import { usePoll } from '../reach/use-poll.js';

export function ReconcilerSection() {
  const { value, trouble } = usePoll('reports', (signal) => baton.reconciler(signal), 15_000);
  return (
    <section aria-labelledby="reconciler">
      <h2 id="reconciler">Missed webhooks</h2>
      <TroubleNotice trouble={trouble} />
      {value?.length === 0 && <p class="empty">The reconciler has not run yet.</p>}
      <ul class="reports">
        {value?.map((report) => (
          <Report key={report.at} report={report} />
        ))}
      </ul>
    </section>
  );
}

function Report({ report }: { readonly report: ReconcilerReport }) {
  const { at, isComplete, backfilled, webhook, findings } = report;
  return (
    <li class={findings.length > 0 ? 'card loud-edge' : 'card'}>
      <p>
        <Time at={at} /> · webhook {webhook} · {counted(backfilled.contents, 'message')} backfilled
        in {counted(backfilled.threads, 'thread')}
        {!isComplete && ' · goes on in the next run'}
      </p>
      {findings.length > 0 && (
        <ul>
          {findings.map((finding) => (
            <li key={finding}>{finding}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
