/**
 * Broken threads: stuck ones, whose workflow task fails, and those with an ended run. They are searched for on
 * demand, because each running thread is looked at, and rebuilt with a reason.
 */
import { useState } from 'preact/hooks';
import { ColumnHeads } from '../parts/column-heads.js';
import { Link } from '../parts/link.js';
import { ReasonField } from '../parts/reason-field.js';
import { Time } from '../parts/time.js';
import { brokenWords, counted } from '../parts/words.js';
import { mayAct, useSession } from '../reach/session.js';
import { threadHref } from '../route.js';
import { useBroken, type Broken, type Rebuilding, type Search } from './use-broken.js';

export function BrokenSection() {
  const { me } = useSession();
  const { search, rebuilding, wrong, look, rebuild } = useBroken();
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const isBusy = search?.isBusy === true || rebuilding?.isBusy === true;
  const ids = (search?.threads ?? []).map(({ id }) => id).filter((id) => !skipped.has(id));
  const choose = (id: string, isChosen: boolean) => {
    const others = [...skipped].filter((one) => one !== id);
    setSkipped(new Set(isChosen ? others : [...others, id]));
  };
  return (
    <section aria-labelledby="broken">
      <h2 id="broken">Broken threads</h2>
      <p class="muted">
        Threads that do not go on: their workflow task fails, or their run was ended. Nobody answers
        their customers.
      </p>
      <button type="button" disabled={isBusy} onClick={() => void look()}>
        Search
      </button>
      <p role="status">{search && foundWords(search)}</p>
      <p role="alert" class="wrong">
        {wrong}
      </p>
      {search && search.threads.length > 0 && (
        <BrokenTable threads={search.threads} skipped={skipped} onChoose={choose} />
      )}
      {ids.length > 0 && !isBusy && mayAct(me) && (
        <RebuildForm count={ids.length} onRebuild={(why) => void rebuild(ids, why)} />
      )}
      <RebuildingNotice rebuilding={rebuilding} />
    </section>
  );
}

function foundWords({ threads, lookedAt, isBusy }: Search): string {
  const found = `${threads.length} of ${counted(lookedAt, 'thread')} broken`;
  return isBusy ? `Searching: ${found} so far` : found;
}

type TableProps = {
  readonly threads: readonly Broken[];
  readonly skipped: ReadonlySet<string>;
  readonly onChoose: (id: string, isChosen: boolean) => void;
};

function BrokenTable({ threads, skipped, onChoose }: TableProps) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Broken threads that were found">
      <table class="counts">
        <ColumnHeads names={['Thread', 'Source', 'Since', 'Why', 'Rebuild']} />
        <tbody>
          {threads.map(({ id, source, since, ...why }) => (
            <tr key={id}>
              <th scope="row">
                <Link href={threadHref(id)}>{id}</Link>
              </th>
              <td>{source ?? 'unknown'}</td>
              <td>{since === null ? 'unknown' : <Time at={since} />}</td>
              <td>{brokenWords(why)}</td>
              <td>
                <input
                  type="checkbox"
                  aria-label={`Rebuild ${id}`}
                  checked={!skipped.has(id)}
                  onChange={({ currentTarget }) => onChoose(id, currentTarget.checked)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type FormProps = { readonly count: number; readonly onRebuild: (why: string) => void };

function RebuildForm({ count, onRebuild }: FormProps) {
  const [why, setWhy] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    onRebuild(why);
  };
  return (
    <form class="stack" onSubmit={submit}>
      <p>
        Rebuilding reads a thread from the platform: what has no answer there is answered. The bot’s
        memory of the conversation is lost.
      </p>
      <ReasonField why={why} onWhy={setWhy} />
      <button class="danger" disabled={why.trim() === ''}>
        Rebuild {counted(count, 'thread')}
      </button>
    </form>
  );
}

function RebuildingNotice({ rebuilding }: { readonly rebuilding: Rebuilding | undefined }) {
  if (!rebuilding) return null;
  const { total, done, refusals } = rebuilding;
  return (
    <div role="status">
      <p>
        {done} of {counted(total, 'thread')} rebuilt, {refusals.length} refused
      </p>
      <ul>
        {refusals.map(({ id, why }) => (
          <li key={id}>
            {id}: {why}
          </li>
        ))}
      </ul>
    </div>
  );
}
