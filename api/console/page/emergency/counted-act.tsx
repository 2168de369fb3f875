/** Counted first, then done on purpose: declaring and ending go the same two steps. */
import { useState } from 'preact/hooks';
import type { Scope } from '../../../../workflows/contract/index.js';
import type { DryRun } from '../reach/answers.js';
import type { Way } from '../reach/endpoints.js';
import { ActDialog } from './act-dialog.js';
import { Found } from './found.js';
import type { useDryRun } from './use-dry-run.js';

type Props = {
  readonly way: Way;
  readonly scope: Scope;
  readonly count: ReturnType<typeof useDryRun>;
  /** On the button that only counts. */
  readonly counts: string;
  /** On the button that means it. */
  readonly does: (found: DryRun) => string;
  readonly onChanged: () => void;
};

export function CountedAct({ way, scope, count, counts, does, onChanged }: Props) {
  const [isMeant, setMeant] = useState(false);
  const { found, wrong, isBusy, look, forget } = count;
  return (
    <>
      <button type="button" disabled={isBusy} onClick={() => void look(scope)}>
        {counts}
      </button>
      <p role="alert" class="wrong">
        {wrong}
      </p>
      {found && (
        <Found
          tone={way === 'declare' ? 'danger' : 'primary'}
          does={does(found)}
          onMean={() => setMeant(true)}
          found={found}
        />
      )}
      {isMeant && found && (
        <ActDialog
          onClose={() => setMeant(false)}
          onDone={forget}
          {...{ way, scope, found, onChanged }}
        />
      )}
    </>
  );
}
