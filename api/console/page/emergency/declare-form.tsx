/** The first step of declaring: choose a scope and count what it would move. It changes nothing. */
import { useState } from 'preact/hooks';
import type { Scope } from '../../../../workflows/contract/index.js';
import type { Me } from '../../../operator/answers.js';
import { counted } from '../parts/words.js';
import { useSession } from '../reach/session.js';
import { CountedAct } from './counted-act.js';
import { ScopeChoice } from './scope-choice.js';
import { useDryRun } from './use-dry-run.js';

const whatItDoes =
  'Within five seconds the bot sends no more replies. Its conversations go to the agents at the pace ' +
  'that the account allows. First count them; then enter the reason and confirm. The return to the bot works in the same way.';

export function DeclareForm({ onChanged }: { readonly onChanged: () => void }) {
  const { me } = useSession();
  const [scope, setScope] = useState(() => widest(me));
  const count = useDryRun('declare');
  const choose = (next: Scope) => {
    setScope(next);
    count.forget();
  };
  return (
    <section class="card" aria-labelledby="declare">
      <h2 id="declare">From the bot to humans</h2>
      <p>{whatItDoes}</p>
      <ScopeChoice scope={scope} onChoose={choose} />
      <CountedAct
        way="declare"
        counts="Count first, change nothing"
        does={({ wouldMove = 0 }) => `Move ${counted(wouldMove, 'thread')} to humans`}
        {...{ scope, count, onChanged }}
      />
    </section>
  );
}

/** The initial scope; an operator limited to some sources begins with one of these. */
function widest({ sources }: Me): Scope {
  return sources === 'all' ? { all: true } : { source: sources[0] ?? '' };
}
