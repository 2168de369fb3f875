/**
 * Is a text in one of these languages? In doubt it is: short texts, names and numbers belong to no
 * language, and near relatives are hard to tell apart. The detector is loaded when first needed: it
 * takes some 90 MB.
 */

/** What the detector knows, by ISO 639-1. */
export const detectableLanguages = [
  ...(['am', 'ar', 'az', 'be', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en'] as const),
  ...(['es', 'et', 'eu', 'fa', 'fi', 'fr', 'gu', 'he', 'hi', 'hr', 'hu', 'hy'] as const),
  ...(['is', 'it', 'ja', 'ka', 'kn', 'ko', 'ku', 'lo', 'lt', 'lv', 'ml', 'mr'] as const),
  ...(['ms', 'nl', 'no', 'or', 'pa', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sq'] as const),
  ...(['sr', 'sv', 'ta', 'te', 'th', 'tl', 'tr', 'uk', 'ur', 'vi', 'yo', 'zh'] as const),
] as const;

/** Letters below which nobody can tell. */
const leastLetters = 30;
/** A language so near the best guess is a guess as good. */
const relative = 0.93;

export async function isIn(text: string, languages: readonly string[]): Promise<boolean> {
  const letters = text.match(/\p{Letter}/gu)?.length ?? 0;
  if (letters < leastLetters) return true;
  const { eld } = await import('eld/extrasmall');
  const detected = eld.detect(text);
  if (!detected.isReliable()) return true;
  const scores = detected.getScores();
  const best = scores[detected.language] ?? 0;
  return languages.some((one) => (scores[one] ?? 0) >= best * relative);
}
