/** Dry run first, then a confirmed action: the same two steps for declaring and ending an emergency. */
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
  /** Label of the button that starts the dry run. */
  readonly counts: string;
  /** Label of the button that goes on to the confirmation. */
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
