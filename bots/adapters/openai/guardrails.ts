/**
 * Checks a text of the model: forbidden phrases are never sent, promises only after the tool that fulfils
 * them has succeeded, the language is one of the business's, and the length is limited. The checks compare
 * words and do not understand context.
 */
import { mentions } from '../../messages/mentions.js';
import type { CalledTool } from '../../bot.js';
import { cutAtSentence } from './cut.js';
import { isIn } from './language.js';
import type { Guardrails } from './settings.js';
import { hasSucceeded } from './tool-result.js';

export type GuardrailResult =
  | { readonly is: 'fine'; readonly text: string; readonly wasCut: boolean }
  /** The model may be asked once to rephrase. */
  | { readonly is: 'objected'; readonly objection: string; readonly kind: 'promise' | 'language' }
  | { readonly is: 'forbidden' };

export type Saying = {
  readonly text: string;
  /** The model's last sentence is incomplete. */
  readonly isCutShort: boolean;
  readonly called: readonly CalledTool[];
};

export async function applyGuardrails(
  saying: Saying,
  guardrails: Guardrails,
): Promise<GuardrailResult> {
  const { text, isCutShort } = saying;
  const { forbidden, languages, maxLength } = guardrails;
  if (mentions(text, forbidden)) return { is: 'forbidden' };
  const promised = promiseIn(saying, guardrails);
  if (promised) return { is: 'objected', kind: 'promise', objection: promised };
  if (languages && !(await isIn(text, languages))) {
    const objection = `Your answer was not sent: answer in ${languages.join(' or ')} only.`;
    return { is: 'objected', kind: 'language', objection };
  }
  const isLong = text.length > maxLength;
  if (!isLong && !isCutShort) return { is: 'fine', text, wasCut: false };
  return { is: 'fine', text: cutAtSentence(text, maxLength), wasCut: true };
}

function promiseIn({ text, called }: Saying, { promises }: Guardrails): string | undefined {
  const done = new Set(called.filter(hasSucceeded).map(({ tool }) => tool));
  const broken = promises.find(
    ({ words, after }) => mentions(text, words) && !after.some((tool) => done.has(tool)),
  );
  if (!broken) return undefined;
  const { words, after } = broken;
  const when = after.length > 0 ? `before ${after.join(' or ')} has succeeded` : 'at all';
  const said = words.map((word) => `“${word}”`).join(', ');
  return `Your answer was not sent: you may not speak of ${said} ${when}. Answer without.`;
}
