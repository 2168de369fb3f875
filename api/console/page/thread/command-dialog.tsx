/** Dialog of a command: it needs a reason, which the thread's history keeps with the operator's name. */
import { useRef, useState } from 'preact/hooks';
import type { CommandName, ThreadView } from '../../../operator/answers.js';
import { ActForm } from '../parts/act-form.js';
import { Dialog } from '../parts/dialog.js';
import { ReasonField } from '../parts/reason-field.js';
import { commandMeanings, commandWords, phaseWords } from '../parts/words.js';
import { Refused } from '../reach/call.js';
import * as baton from '../reach/endpoints.js';
import { newKey } from '../reach/new-key.js';
import { PauseChoice } from './pause-choice.js';

type Props = {
  readonly thread: ThreadView;
  readonly name: CommandName;
  readonly onClose: () => void;
  readonly onChanged: () => void;
};

export function CommandDialog({ thread, name, onClose, onChanged }: Props) {
  const [why, setWhy] = useState('');
  const [pause, setPause] = useState(thread.botPausedUntil === null ? '15m' : '0s');
  const { isBusy, wrong, obeyed } = useCommand(thread, name);
  const submit = () => {
    const done = () => {
      onChanged();
      onClose();
    };
    void obeyed({ why: why.trim(), ...(name === 'pauseBot' && { for: pause }) }, done);
  };
  return (
    <Dialog title={commandWords[name]} onClose={onClose}>
      <ActForm
        onSubmit={submit}
        tone="primary"
        does={commandWords[name]}
        isReady={!isBusy && why.trim() !== ''}
        {...{ onClose, wrong }}
      >
        <p>{commandMeanings[name]}</p>
        {name === 'pauseBot' && <PauseChoice chosen={pause} onChoose={setPause} />}
        <ReasonField why={why} onWhy={setWhy} />
      </ActForm>
    </Dialog>
  );
}

type Body = { readonly why: string; readonly for?: string };

/** One idempotency key while the dialog is open: a retry after a lost answer is the same command. */
function useCommand({ id, phase }: ThreadView, name: CommandName) {
  const key = useRef(newKey());
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const obeyed = async (body: Body, done: () => void): Promise<void> => {
    setBusy(true);
    try {
      await baton.command(id, name, body, key.current);
      done();
    } catch (error) {
      setWrong(wrongWords(error, phase));
      setBusy(false);
    }
  };
  return { isBusy, wrong, obeyed };
}

function wrongWords(error: unknown, before: ThreadView['phase']): string {
  if (!(error instanceof Refused))
    return 'Baton does not answer. Try again: the command is applied once only.';
  const { phase } = error.failure;
  if (error.status !== 409 || !phase || phase === before) return error.message;
  return `Not possible any more: the thread is in phase ${phaseWords[phase]} now.`;
}
