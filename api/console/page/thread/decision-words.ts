/** Text of a logged decision; a decision that the conversation already shows has none. Pure. */
import type { Moment } from '../../../operator/answers.js';

export type Decision = Moment & { readonly is: 'decision' };

export type Words = { readonly what: string; readonly why: string };

export function decisionWords({
  code,
  what,
  why,
}: Pick<Decision, 'code' | 'what' | 'why'>): Words | undefined {
  if (code === 'replyPosted') return undefined;
  return { what: code === 'phaseChanged' ? capitalised(what) : what, why };
}

/** Phases are names, and begin with a capital everywhere in the console. */
function capitalised(text: string): string {
  return text.replaceAll(/\b\w/g, (letter) => letter.toUpperCase());
}
