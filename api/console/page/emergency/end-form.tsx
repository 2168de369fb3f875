/** The form that ends an emergency. */
import type { Scope } from '../../../../workflows/contract/index.js';
import { counted } from '../parts/words.js';
import { CountedAct } from './counted-act.js';
import { useDryRun } from './use-dry-run.js';

type Props = { readonly scope: Scope; readonly onChanged: () => void };

export function EndForm({ scope, onChanged }: Props) {
  const count = useDryRun('end');
  return (
    <div class="way-back">
      <CountedAct
        way="end"
        counts="Count what would return"
        does={({ wouldReturn = 0 }) =>
          `End it, return ${counted(wouldReturn, 'thread')} to the bot`
        }
        {...{ scope, count, onChanged }}
      />
    </div>
  );
}
