/** The directory: number of people, its age, and whether the last refresh failed. */
import type { DirectoryView } from '../../../../workflows/contract/index.js';
import { Time } from '../parts/time.js';
import { TroubleNotice } from '../parts/trouble-notice.js';
import { counted } from '../parts/words.js';
import * as baton from '../reach/endpoints.js';
import { usePoll } from '../reach/use-poll.js';

export function DirectorySection() {
  const { value, trouble } = usePoll('directory', (signal) => baton.directory(signal), 15_000);
  return (
    <section aria-labelledby="directory">
      <h2 id="directory">Agents who may reply</h2>
      <TroubleNotice trouble={trouble} />
      {value?.directory === null && (
        <p class="empty">The agent directory has not been started yet.</p>
      )}
      {value?.directory && <DirectoryDetails directory={value.directory} />}
    </section>
  );
}

function DirectoryDetails({ directory }: { readonly directory: DirectoryView }) {
  const { lastGood, isRefreshing, askedBy, trouble } = directory;
  return (
    <div class="card">
      {lastGood ? (
        <p>
          {counted(lastGood.people, 'person', 'people')} on {counted(lastGood.sources, 'source')},
          read <Time at={lastGood.completedAt} />
        </p>
      ) : (
        <p>The directory has not been read yet: the availability of agents is unknown.</p>
      )}
      {isRefreshing && <p role="status">Being read now{askedBy && `, asked by ${askedBy}`}.</p>}
      {trouble && (
        <p class="notice loud">
          It cannot be read since <Time at={trouble.since} /> ({trouble.code}); the last good one is
          used.
        </p>
      )}
    </div>
  );
}
