/** One conversation: its state with the reason, its history and contents, and the commands. */
import { useState } from 'preact/hooks';
import type { CommandName, ThreadView, Timeline } from '../../../operator/answers.js';
import { navigate } from '../navigation.js';
import { Link } from '../parts/link.js';
import { PageTitle } from '../parts/page-title.js';
import { TroubleNotice } from '../parts/trouble-notice.js';
import { useNow } from '../parts/use-now.js';
import * as baton from '../reach/endpoints.js';
import { usePoll, type Polled } from '../reach/use-poll.js';
import { home } from '../route.js';
import { CommandDialog } from './command-dialog.js';
import { Commands } from './commands.js';
import { Conversation } from './conversation.js';
import { Facts } from './facts.js';
import { PhaseBand } from './phase-band.js';
import { Standing } from './standing.js';
import { useCommandKeys } from './use-command-keys.js';

type LoadedThread = { readonly thread: ThreadView; readonly timeline: Timeline };

export function ThreadPage({ id }: { readonly id: string }) {
  const loaded = useThread(id);
  return (
    <>
      <p class="trail">
        <Link href={home}>Threads</Link>
      </p>
      <PageTitle title={`Thread ${id}`} />
      <TroubleNotice trouble={loaded.trouble} />
      {loaded.value && <Whole {...loaded.value} onChanged={loaded.refresh} />}
    </>
  );
}

/** Loads both together, so that state and contents are of one moment; the conversation may be long. */
function useThread(id: string): Polled<LoadedThread> {
  const load = async (signal: AbortSignal): Promise<LoadedThread> => {
    const thread = await baton.thread(id, signal);
    return { thread, timeline: await baton.timeline(id, signal) };
  };
  return usePoll(id, load, 1_500);
}

function Whole({ thread, timeline, onChanged }: LoadedThread & { readonly onChanged: () => void }) {
  const [wanted, setWanted] = useState<CommandName>();
  const now = useNow();
  useCommandKeys(thread, setWanted, () => navigate(home));
  return (
    <>
      <Standing thread={thread} now={now} />
      <Commands thread={thread} onWant={setWanted} />
      <PhaseBand phases={timeline.phases} now={now} />
      <div class="beside">
        <Conversation moments={timeline.moments} />
        <Facts thread={thread} now={now} />
      </div>
      {wanted && (
        <CommandDialog
          {...{ thread, onChanged }}
          name={wanted}
          onClose={() => setWanted(undefined)}
        />
      )}
    </>
  );
}
