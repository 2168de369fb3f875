/** One emergency: author, reason, start, progress, and the button that ends it. */
import type { EmergencyView } from '../../../../workflows/contract/index.js';
import { Time } from '../parts/time.js';
import { counted, scopeWords } from '../parts/words.js';
import { mayAct, useSession } from '../reach/session.js';
import { EndForm } from './end-form.js';
import { ProgressLine } from './progress-line.js';

type Props = { readonly emergency: EmergencyView; readonly onChanged: () => void };

export function EmergencyCard({ emergency, onChanged }: Props) {
  const { me } = useSession();
  const { scope, isInForce, declared, ended, toHumans, back, waiting } = emergency;
  return (
    <section class={isInForce ? 'card in-force' : 'card'} aria-label={`For ${scopeWords(scope)}`}>
      <h2>
        {isInForce ? 'In force' : 'Ended'}: {scopeWords(scope)}
      </h2>
      <p>
        Declared <Time at={declared.at} /> by {declared.by}: {declared.why}
      </p>
      {ended && (
        <p>
          Ended <Time at={ended.at} /> by {ended.by}: {ended.why}
        </p>
      )}
      <ProgressLine title="To humans" progress={toHumans} />
      {back && <ProgressLine title="Back to the bot" progress={back} />}
      {isInForce && toHumans.isDone && (
        <p>{counted(waiting, 'customer')} wait for a human because of it.</p>
      )}
      {isInForce && mayAct(me) && <EndForm scope={scope} onChanged={onChanged} />}
    </section>
  );
}
