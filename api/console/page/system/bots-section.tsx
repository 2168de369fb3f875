/** The bots as each worker reports them: state of the breaker, and how they answer. */
import type { BotsView } from '../../../operator/answers.js';
import { ColumnHeads } from '../parts/column-heads.js';
import { TroubleNotice } from '../parts/trouble-notice.js';
import * as baton from '../reach/endpoints.js';
import { usePoll } from '../reach/use-poll.js';

type Bot = BotsView['bots'][number];

export function BotsSection() {
  const { value, trouble } = usePoll('bots', (signal) => baton.bots(signal), 5_000);
  return (
    <section aria-labelledby="bots">
      <h2 id="bots">Bots</h2>
      <TroubleNotice trouble={trouble} />
      {value && <WorkersLine workers={value.workers} />}
      <div class="figures bots">
        {value?.bots.map((bot) => (
          <BotCard key={bot.name} bot={bot} />
        ))}
      </div>
    </section>
  );
}

function WorkersLine({ workers }: Pick<BotsView, 'workers'>) {
  if (workers === null) {
    const words =
      'The workers report the state of the bots: set BATON_WORKERS_URL for the ingress.';
    return <p class="notice">{words}</p>;
  }
  const silent = workers.filter(({ isReachable }) => !isReachable);
  if (silent.length === 0) return null;
  return (
    <p class="notice loud">
      Workers that do not answer: {silent.map(({ worker }) => worker).join(', ')}
    </p>
  );
}

const breakerWords: Readonly<Record<Bot['workers'][number]['state'], string>> = {
  closed: 'in order',
  open: 'out of order: Baton does not call it',
  halfOpen: 'being tried again',
};

function BotCard({ bot: { name, sources, fallback, workers } }: { readonly bot: Bot }) {
  return (
    <article class="card">
      <h3>{name}</h3>
      <p class="muted">
        {sources.length === 0 ? 'Answers nowhere' : `Answers on ${sources.join(', ')}`}
        {fallback !== null &&
          `; when out of order, ${fallback === 'human' ? 'a human' : fallback} does`}
      </p>
      {workers.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label={`Workers of ${name}`}>
          <WorkerTable workers={workers} />
        </div>
      )}
    </article>
  );
}

function WorkerTable({ workers }: Pick<Bot, 'workers'>) {
  return (
    <table class="counts">
      <ColumnHeads names={['Worker', 'State', 'Answers', 'Errors', 'p50', 'p95']} />
      <tbody>
        {workers.map(({ worker, state, answers, errors, p50, p95 }) => (
          <tr key={worker} class={`breaker ${state}`}>
            <th scope="row">{worker}</th>
            <td>{breakerWords[state]}</td>
            <td class="number">{answers}</td>
            <td class="number">{errors}</td>
            <td class="number">{milliseconds(p50)}</td>
            <td class="number">{milliseconds(p95)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function milliseconds(length: number | undefined): string {
  return length === undefined ? '–' : `${Math.round(length)} ms`;
}
