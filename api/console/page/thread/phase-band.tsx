/** The phase history of a thread, to scale, and as a list for screen readers. */
import type { PhaseEntry } from '../../../operator/answers.js';
import { formatDuration } from '../parts/duration.js';
import { PhasePill } from '../parts/phase-pill.js';
import { Time } from '../parts/time.js';
import { phaseWords } from '../parts/words.js';
import { computeBand, type BandPart } from './band.js';

type Props = { readonly phases: readonly PhaseEntry[]; readonly now: number };

export function PhaseBand({ phases, now }: Props) {
  const parts = computeBand(phases, now);
  return (
    <section class="phases" aria-label="Phases over time">
      <div class="band" aria-hidden="true">
        {parts.map((part) => (
          <div
            key={part.from}
            class={`stretch ${part.phase}`}
            style={{ width: `${part.width}%` }}
            title={`${phaseWords[part.phase]}, ${formatDuration(part.to - part.from)}`}
          >
            {part.isRoomy && <span>{phaseWords[part.phase]}</span>}
          </div>
        ))}
      </div>
      <ol class="stretches" tabIndex={0} aria-label="Phases, newest first">
        {parts.toReversed().map((part) => (
          <PhaseEntryLine key={part.from} part={part} />
        ))}
      </ol>
    </section>
  );
}

function PhaseEntryLine({ part }: { readonly part: BandPart }) {
  const { phase, from, to, isLasting, why } = part;
  return (
    <li>
      <PhasePill phase={phase} />
      <span class="number">
        <Time at={new Date(from).toISOString()} /> –{' '}
        {isLasting ? 'now' : <Time at={new Date(to).toISOString()} />}
      </span>
      <span class="number muted">{formatDuration(to - from)}</span>
      <span>{why}</span>
    </li>
  );
}
