/** Further details of a thread: deadlines, outbox items, counters. */
import type { ComponentChildren } from 'preact';
import type { ThreadView } from '../../../operator/answers.js';
import { untilWords } from '../parts/duration.js';
import { reasonWords, spelt } from '../parts/words.js';

type Props = { readonly thread: ThreadView; readonly now: number };

export function Facts({ thread, now }: Props) {
  const counts = Object.entries(thread.counts).filter(([, count]) => count > 0);
  return (
    <aside class="facts" aria-label="Facts">
      <h2>What happens next</h2>
      <Deadlines thread={thread} now={now} />
      <h2>Facts</h2>
      <dl>
        <Fact name="Source">{thread.source}</Fact>
        <Fact name="Bot">{thread.bot}</Fact>
        <Fact name="Reason">{reasonWords(thread.reason)}</Fact>
        <Fact name="Messages waiting">{thread.waitingContents}</Fact>
        {thread.outbox.map((one) => (
          <Fact key={one.key} name={`Outbox: ${spelt(one.do)}`}>
            {spelt(one.state)}
          </Fact>
        ))}
        {counts.map(([name, count]) => (
          <Fact key={name} name={spelt(name)}>
            {count}
          </Fact>
        ))}
      </dl>
    </aside>
  );
}

function Deadlines({ thread: { deadlines }, now }: Props) {
  if (deadlines.length === 0) return <p class="muted">Nothing by itself.</p>;
  return (
    <ul class="deadlines">
      {deadlines.map(({ name, at, words }) => (
        <li key={name}>
          <time class="number" dateTime={at} title={at}>
            {untilWords(Date.parse(at), now)}
          </time>{' '}
          {words}
        </li>
      ))}
    </ul>
  );
}

type FactProps = { readonly name: string; readonly children: ComponentChildren };

function Fact({ name, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
