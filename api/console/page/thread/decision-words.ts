/** Text of a logged decision; a decision that the conversation already shows has none. Pure. */
import { spelt } from '../parts/words.js';

export type Words = { readonly what: string; readonly why: string };

const isDisplayedReply = /^reply \S+ posted$/;
const phaseChange = /^(\w+) → (\w+)$/;
/** A single code in camel case. */
const code = /^[a-z]+(?:[A-Z][a-z]+)+$/;

export function decisionWords({ what, why }: Words): Words | undefined {
  if (isDisplayedReply.test(what)) return undefined;
  const [, from, to] = phaseChange.exec(what) ?? [];
  return {
    what: from && to ? `${capital(from)} → ${capital(to)}` : what,
    why: code.test(why) ? spelt(why) : why,
  };
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
