/** Moves all conversations from the bot to agents, and back: dry run, action, progress. */
import { PageTitle } from '../parts/page-title.js';
import { TroubleNotice } from '../parts/trouble-notice.js';
import * as baton from '../reach/endpoints.js';
import { mayAct, useSession } from '../reach/session.js';
import { usePoll } from '../reach/use-poll.js';
import { DeclareForm } from './declare-form.js';
import { EmergencyCard } from './emergency-card.js';

export function EmergencyPage() {
  const { me } = useSession();
  const { value, trouble, refresh } = usePoll(
    'emergencies',
    (signal) => baton.emergencies(signal),
    1_000,
  );
  const newestFirst = value?.emergencies.toReversed() ?? [];
  return (
    <>
      <PageTitle title="Emergency" />
      <TroubleNotice trouble={trouble} />
      {newestFirst
        .filter((one) => one.isInForce)
        .map((one) => (
          <EmergencyCard key={one.declared.at} emergency={one} onChanged={refresh} />
        ))}
      {mayAct(me) ? (
        <DeclareForm onChanged={refresh} />
      ) : (
        <p class="notice">Your role may read, but not declare an emergency.</p>
      )}
      {newestFirst
        .filter((one) => !one.isInForce)
        .map((one) => (
          <EmergencyCard key={one.declared.at} emergency={one} onChanged={refresh} />
        ))}
    </>
  );
}
