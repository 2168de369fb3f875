/** The way back: counted first, then done on purpose. */
import { useState } from 'preact/hooks';
import type { Scope } from '../../../../workflows/contract.js';
import { counted } from '../parts/words.js';
import { ActDialog } from './act-dialog.js';
import { Found } from './found.js';
import { useDryRun } from './use-dry-run.js';

type Props = { readonly scope: Scope; readonly onChanged: () => void };

export function EndForm({ scope, onChanged }: Props) {
  const [isMeant, setMeant] = useState(false);
  const { found, wrong, isBusy, look, forget } = useDryRun('end');
  return (
    <div class="way-back">
      <button type="button" disabled={isBusy} onClick={() => void look(scope)}>
        Count what would return
      </button>
      <p role="alert" class="wrong">
        {wrong}
      </p>
      {found && (
        <Found
          tone="primary"
          does={`End it, return ${counted(found.wouldReturn ?? 0, 'thread')} to the bot`}
          onMean={() => setMeant(true)}
          found={found}
        />
      )}
      {isMeant && found && (
        <ActDialog
          way="end"
          onClose={() => setMeant(false)}
          onDone={forget}
          onChanged={onChanged}
          {...{ scope, found }}
        />
      )}
    </div>
  );
}
