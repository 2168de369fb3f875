/** Filters as links: each has an address, and the active one is marked. */
import type { Overview, ThreadLine } from '../../../operator/answers.js';
import { Link } from '../parts/link.js';
import { phaseWords } from '../parts/words.js';
import { listHref, type Filter } from './filter.js';

type Counts = Overview['threads'] | undefined;
type Props = { readonly filter: Filter; readonly counts: Counts };

const phases: readonly ThreadLine['phase'][] = ['handover', 'agent', 'bot', 'closed'];

export function Chips({ filter, counts }: Props) {
  const { source, phase, attention } = filter;
  const within = source === undefined ? {} : { source };
  const running = counts && counts.bot + counts.handover + counts.agent;
  return (
    <nav class="chips" aria-label="Filter">
      <Chip
        href={listHref({ ...within, attention: true })}
        isChosen={attention === true}
        name="Needs attention"
        count={counts?.attention}
        isLoud={(counts?.attention ?? 0) > 0}
      />
      <Chip
        href={listHref(within)}
        isChosen={phase === undefined && !attention}
        name="All running"
        count={running}
      />
      {phases.map((one) => (
        <Chip
          key={one}
          href={listHref({ ...within, phase: one })}
          isChosen={phase === one && !attention}
          name={phaseWords[one]}
          count={one === 'closed' ? undefined : counts?.[one]}
        />
      ))}
    </nav>
  );
}

type ChipProps = {
  readonly href: string;
  readonly isChosen: boolean;
  readonly name: string;
  /** Over all sources; absent while unknown. */
  readonly count: number | undefined;
  readonly isLoud?: boolean;
};

function Chip({ href, isChosen, name, count, isLoud }: ChipProps) {
  return (
    <Link
      class={isLoud ? 'chip loud' : 'chip'}
      href={href}
      aria-current={isChosen ? 'true' : undefined}
    >
      {name}
      {count !== undefined && <span class="count"> {count}</span>}
    </Link>
  );
}
