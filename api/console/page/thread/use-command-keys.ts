/** Shortcuts for the legal commands of a thread; Escape returns to the list. */
import type { CommandName, ThreadView } from '../../../operator/answers.js';
import { useKeys } from '../parts/use-keys.js';
import { mayAct, useSession } from '../reach/session.js';

const keyOf: Readonly<Record<CommandName, string>> = {
  takeOver: 't',
  returnToBot: 'b',
  answerAgain: 'a',
  askHandover: 'h',
  pauseBot: 'p',
  close: 'c',
};

export function useCommandKeys(
  { commands }: ThreadView,
  want: (name: CommandName) => void,
  leave: () => void,
): void {
  const { me } = useSession();
  const legal = mayAct(me) ? commands : [];
  const entries = legal.map((name) => [keyOf[name], () => want(name)] as const);
  useKeys({ ...Object.fromEntries(entries), Escape: leave });
}
