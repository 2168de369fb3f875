/**
 * The final confirmation, slow on purpose: it needs a reason and the scope's name, typed by hand. Sending
 * it again after a lost answer refers to the same emergency.
 */
import { useState } from 'preact/hooks';
import type { Scope } from '../../../../workflows/contract/index.js';
import { ActForm } from '../parts/act-form.js';
import { Dialog } from '../parts/dialog.js';
import { ReasonField } from '../parts/reason-field.js';
import { counted, scopeName, scopeWords } from '../parts/words.js';
import type { DryRun } from '../reach/answers.js';
import * as baton from '../reach/endpoints.js';

type Props = {
  readonly way: baton.Way;
  readonly scope: Scope;
  readonly found: DryRun;
  readonly onClose: () => void;
  /** Called after success: the dry run's numbers are then out of date. */
  readonly onDone: () => void;
  readonly onChanged: () => void;
};

export function ActDialog({ way, scope, found, onClose, onDone, onChanged }: Props) {
  const [why, setWhy] = useState('');
  const [typed, setTyped] = useState('');
  const { isBusy, wrong, act } = useAct({ way, scope, onClose, onDone, onChanged });
  const isMeant = typed.trim() === scopeName(scope) && why.trim() !== '';
  const does = wordsOf(way, found);
  return (
    <Dialog title={`${does}?`} onClose={onClose}>
      <ActForm
        onSubmit={() => {
          if (isMeant) void act(why.trim());
        }}
        tone={way === 'declare' ? 'danger' : 'primary'}
        isReady={!isBusy && isMeant}
        {...{ onClose, wrong, does }}
      >
        <p>For {scopeWords(scope)}.</p>
        <ReasonField why={why} onWhy={setWhy} />
        <Confirmation name={scopeName(scope)} typed={typed} onTyped={setTyped} />
      </ActForm>
    </Dialog>
  );
}

function wordsOf(way: baton.Way, { wouldMove, wouldReturn }: DryRun): string {
  return way === 'declare'
    ? `Move ${counted(wouldMove ?? 0, 'thread')} to humans`
    : `Return ${counted(wouldReturn ?? 0, 'thread')} to the bot`;
}

type ConfirmationProps = {
  readonly name: string;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
};

function Confirmation({ name, typed, onTyped }: ConfirmationProps) {
  return (
    <label>
      <span>
        Type <kbd>{name}</kbd> to confirm
      </span>
      <input
        name="confirmation"
        required
        autocomplete="off"
        value={typed}
        onInput={(event) => onTyped(event.currentTarget.value)}
      />
    </label>
  );
}

function useAct({ way, scope, onClose, onDone, onChanged }: Omit<Props, 'found'>) {
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const act = async (why: string): Promise<void> => {
    setBusy(true);
    try {
      await baton.act(way, { scope, why });
      onChanged();
      onClose();
      onDone();
    } catch (error) {
      setWrong(error instanceof Error ? error.message : 'Baton does not answer');
      setBusy(false);
    }
  };
  return { isBusy, wrong, act };
}
