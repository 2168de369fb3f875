/** The page: the guided steps, Baton's phases, customer and agent side by side, and the controls. */
import { useState } from 'preact/hooks';
import { useActing } from './acting.js';
import type { BatonAnswer, ThreadLine, ThreadLines, ThreadRecord } from './answers.js';
import { Band } from './band.js';
import { Controls } from './controls.js';
import { Customer, type Who } from './customer.js';
import { AgentInbox } from './agent-inbox.js';
import { usePolled } from './polled.js';
import { Steps } from './steps.js';
import { newcomer, remember } from './whoever.js';

/** Sentences use the time zone of the browser. */
const zone = new URLSearchParams({
  timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
}).toString();

export function App() {
  const { act, pulse, refused } = useActing();
  const { answer, refusal } = usePolled<ThreadLines>('/threads', pulse);
  const lines = answer?.threads ?? [];
  const { who, become, thread, pick, wrote } = useConversation(lines);
  const query = thread === undefined ? undefined : `thread=${encodeURIComponent(thread)}`;
  const record = usePolled<ThreadRecord>(query && `/record?${query}`, pulse).answer;
  const baton = usePolled<BatonAnswer>(query && `/baton?${query}&${zone}`, pulse);
  return (
    <main>
      <header>
        <h1>Simulated Engage Digital</h1>
        <p>
          A platform of your own, with Baton behind it. Be the customer on one side and the agent on
          the other; Baton decides whether the bot or an agent answers.
        </p>
      </header>
      <Steps record={record} />
      <Band thread={thread} baton={baton} />
      <p class="refused" role="alert">
        {refusal?.message ?? refused}
      </p>
      <div class="sides">
        <Customer {...{ who, become, record, act, wrote }} />
        <AgentInbox {...{ lines, picked: thread, pick, act }} />
      </div>
      <Controls act={act} pulse={pulse} />
    </main>
  );
}

/** Both sides show the same conversation: the selected one, or the customer's last. */
function useConversation(lines: readonly ThreadLine[]) {
  const [who, setWho] = useState<Who>(newcomer);
  const [picked, setPicked] = useState<string>();
  const become = (next: Who) => {
    remember(next);
    setWho(next);
    setPicked(undefined);
  };
  const pick = ({ id, customer, source }: ThreadLine) => {
    become({ identity: customer, source });
    setPicked(id);
  };
  const last = lines.find(
    ({ customer, source }) => customer === who.identity && source === who.source,
  );
  return { who, become, thread: picked ?? last?.id, pick, wrote: setPicked };
}
