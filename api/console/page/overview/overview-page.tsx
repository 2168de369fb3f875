/** Numbers of the whole stack: where conversations are now, and what happened since this ingress started. */
import { PageTitle } from '../parts/page-title.js';
import { TroubleNotice } from '../parts/trouble-notice.js';
import * as baton from '../reach/endpoints.js';
import { usePoll } from '../reach/use-poll.js';
import { formatDuration } from '../parts/duration.js';
import type { Overview } from '../../../operator/answers.js';
import { FigureCard } from './figure-card.js';
import { computeFigures } from './figures.js';
import { Tiles } from './tiles.js';

export function OverviewPage() {
  const { value, trouble } = usePoll('overview', (signal) => baton.overview(signal), 5_000);
  return (
    <>
      <PageTitle title="Overview" />
      <TroubleNotice trouble={trouble} />
      {value && <Whole overview={value} />}
    </>
  );
}

function Whole({ overview }: { readonly overview: Overview }) {
  return (
    <>
      <Tiles threads={overview.threads} />
      {overview.now === null && (
        <p class="notice">
          No worker reports figures: BATON_WORKERS_URL of the ingress is not set, or no worker
          answers. Threads are counted all the same; what needs workers stays empty.
        </p>
      )}
      <p class="muted">{spanWords(overview)}</p>
      <div class="figures">
        {computeFigures(overview).map((figure) => (
          <FigureCard key={figure.title} figure={figure} />
        ))}
      </div>
    </>
  );
}

function spanWords({ series }: Overview): string {
  const [first, last] = [series.at(0), series.at(-1)];
  if (!first || !last || first === last) return 'Recording has just started.';
  return `The last ${formatDuration(Date.parse(last.at) - Date.parse(first.at))}.`;
}
