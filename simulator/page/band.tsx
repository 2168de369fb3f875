/** The phases of the conversation over time, as Baton reports them, and the reason of the current state. */
import type { BatonAnswer } from './answers.js';
import type { Polled } from './polled.js';
import { clockTime, selectPhaseEntries, timeToCome } from './phase-entries.js';

const excuses: Readonly<Record<string, string>> = {
  baton_unknown: 'Baton is not configured: set BATON_OPERATOR_URL to see its phases here.',
  baton_away: 'Baton is unreachable: your messages are delivered later.',
  baton_refused: 'Baton rejected the token: is BATON_OPERATOR_TOKEN the same on both sides?',
  thread_unknown: 'Baton has not received this conversation yet.',
};

type BandProps = { readonly thread: string | undefined; readonly baton: Polled<BatonAnswer> };

export function Band({ thread, baton: { answer, refusal } }: BandProps) {
  return (
    <section class="whose" aria-labelledby="whose">
      <h2 id="whose">Owner of this conversation</h2>
      {answer && <PhaseEntries timeline={answer.timeline} />}
      <p class="why" aria-live="polite">
        {answer ? answer.timeline.why : excuse(thread, refusal?.error)}
      </p>
      {answer && <Onwards {...answer} />}
    </section>
  );
}

function excuse(thread: string | undefined, error: string | undefined): string {
  if (thread === undefined) return 'No messages yet.';
  if (error === undefined) return 'Asking Baton …';
  return excuses[error] ?? 'The simulator does not answer.';
}

function PhaseEntries({ timeline }: Pick<BatonAnswer, 'timeline'>) {
  return (
    <ol class="band">
      {selectPhaseEntries(timeline.phases, timeline.now).map(
        ({ phase, from, why, share, lasts }) => (
          <li
            key={from}
            data-phase={phase}
            aria-current={lasts ? 'true' : undefined}
            title={why}
            style={{ flexGrow: share }}
          >
            <b>{phase}</b> <time dateTime={from}>{clockTime(from)}</time>
          </li>
        ),
      )}
    </ol>
  );
}

/** The next deadlines, and links to more details. */
function Onwards({ thread, timeline, consoleUrl }: BatonAnswer) {
  const [next] = thread.deadlines;
  return (
    <p class="onwards">
      {next && (
        <span>
          Next, {timeToCome(next.at, timeline.now)}: {next.words}
        </span>
      )}
      <a href={consoleUrl}>Baton’s console</a>
      {thread.temporalUrl !== null && <a href={thread.temporalUrl}>Temporal UI</a>}
    </p>
  );
}
