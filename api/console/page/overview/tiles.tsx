/** Numbers of threads by phase; each links to the list of them. */
import type { Overview } from '../../../operator/answers.js';
import { Link } from '../parts/link.js';
import { phaseMeanings, phaseWords } from '../parts/words.js';
import { listHref } from '../threads/filter.js';

export function Tiles({ threads }: { readonly threads: Overview['threads'] }) {
  return (
    <ul class="tiles">
      {(['bot', 'handover', 'agent'] as const).map((phase) => (
        <li key={phase} class={`tile ${phase}`}>
          <Link href={listHref({ phase })} title={phaseMeanings[phase]}>
            <strong>{threads[phase]}</strong> {phaseWords[phase]}
          </Link>
        </li>
      ))}
      <li class={threads.attention > 0 ? 'tile loud' : 'tile'}>
        <Link href={listHref({ attention: true })}>
          <strong>{threads.attention}</strong> Needs attention
        </Link>
      </li>
    </ul>
  );
}
