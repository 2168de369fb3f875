/** The agents' side: the account's threads, newest first, and the actions on one of them. */
import type { Act } from './acting.js';
import type { ThreadLine } from './answers.js';
import { AgentActs } from './agent-acts.js';

type InboxProps = {
  readonly lines: readonly ThreadLine[];
  readonly picked: string | undefined;
  readonly pick: (line: ThreadLine) => void;
  readonly act: Act;
};

export function AgentInbox({ lines, picked, pick, act }: InboxProps) {
  const line = lines.find(({ id }) => id === picked);
  return (
    <section aria-labelledby="inbox" class="inbox">
      <h2 id="inbox">The agents’ inbox</h2>
      <div class="threads" role="region" aria-label="Threads, newest first" tabIndex={0}>
        {lines.length === 0 && <p class="quiet">No threads yet.</p>}
        <ul>
          {lines.map((one) => (
            <Line key={one.id} line={one} isPicked={one.id === picked} pick={pick} />
          ))}
        </ul>
      </div>
      <AgentActs line={line} act={act} />
    </section>
  );
}

type LineProps = Pick<InboxProps, 'pick'> & {
  readonly line: ThreadLine;
  readonly isPicked: boolean;
};

function Line({ line, isPicked, pick }: LineProps) {
  const { customer, source, categories, last } = line;
  return (
    <li>
      <button
        type="button"
        class="thread"
        aria-pressed={isPicked}
        data-thread={line.id}
        onClick={() => pick(line)}
      >
        <span class="of">
          <b>{customer}</b> on {source}
          {categories.map((name) => (
            <span class="category" key={name}>
              {name}
            </span>
          ))}
        </span>
        <span class="quiet">{standing(line)}</span>
        {last && <span class="last">{last.body}</span>}
      </button>
    </li>
  );
}

function standing({ locked, intervention }: ThreadLine): string {
  if (locked) return 'locked';
  if (!intervention) return 'no agent yet';
  const words = { open: 'open with', deferred: 'deferred by', closed: 'completed by' };
  return `${words[intervention.is]} ${intervention.agent}`;
}
