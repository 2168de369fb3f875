/** Banner on every other page: an emergency is in force, with its scope and start. */
import { Link } from '../parts/link.js';
import { Time } from '../parts/time.js';
import { scopeWords } from '../parts/words.js';
import * as baton from '../reach/endpoints.js';
import { usePoll } from '../reach/use-poll.js';
import { home } from '../route.js';

export function EmergencyBanner() {
  const { value } = usePoll('emergencies', (signal) => baton.emergencies(signal), 10_000);
  const inForce = value?.emergencies.filter((one) => one.isInForce) ?? [];
  if (inForce.length === 0) return null;
  return (
    <aside class="banner" aria-label="Emergency">
      {inForce.map(({ scope, declared }) => (
        <p key={scopeWords(scope)}>
          <strong>Emergency</strong> for {scopeWords(scope)} since <Time at={declared.at} />, by{' '}
          {declared.by}: {declared.why}
        </p>
      ))}
      <Link href={`${home}/emergency`}>See it</Link>
    </aside>
  );
}
