/** The commands of a thread: all are shown, those legal in its phase are enabled. */
import type { CommandName, ThreadView } from '../../../operator/answers.js';
import { commandMeanings, commandWords, phaseWords } from '../parts/words.js';
import { mayAct, useSession } from '../reach/session.js';

type Props = { readonly thread: ThreadView; readonly onWant: (name: CommandName) => void };

const order: readonly CommandName[] = [
  'takeOver',
  'returnToBot',
  'answerAgain',
  'askHandover',
  'pauseBot',
  'close',
];

export function Commands({ thread, onWant }: Props) {
  const { me } = useSession();
  const { commands, phase, temporalUrl } = thread;
  return (
    <div class="commands">
      {order.map((name) => {
        const isLegal = commands.includes(name) && mayAct(me);
        const whyNot = mayAct(me)
          ? `Not possible now, in phase ${phaseWords[phase]}.`
          : 'Your role may read, but not act.';
        return (
          <button
            key={name}
            type="button"
            class={name === 'takeOver' ? 'primary' : undefined}
            disabled={!isLegal}
            title={isLegal ? commandMeanings[name] : whyNot}
            onClick={() => onWant(name)}
          >
            {commandWords[name]}
          </button>
        );
      })}
      {temporalUrl !== null && (
        <a href={temporalUrl} target="_blank" rel="noreferrer">
          In the Temporal UI
        </a>
      )}
    </div>
  );
}
