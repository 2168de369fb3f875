/**
 * Checks whether a text is in one of these languages. In doubt it passes: short texts, names and numbers
 * have no language, and related languages are hard to distinguish. The detector is loaded on first use,
 * because it takes about 90 MB.
 */

/** Languages of the detector, by ISO 639-1. */
export const detectableLanguages = [
  ...(['am', 'ar', 'az', 'be', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en'] as const),
  ...(['es', 'et', 'eu', 'fa', 'fi', 'fr', 'gu', 'he', 'hi', 'hr', 'hu', 'hy'] as const),
  ...(['is', 'it', 'ja', 'ka', 'kn', 'ko', 'ku', 'lo', 'lt', 'lv', 'ml', 'mr'] as const),
  ...(['ms', 'nl', 'no', 'or', 'pa', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sq'] as const),
  ...(['sr', 'sv', 'ta', 'te', 'th', 'tl', 'tr', 'uk', 'ur', 'vi', 'yo', 'zh'] as const),
] as const;

/** Below this number of letters detection is unreliable. */
const leastLetters = 30;
/** A language whose score reaches this share of the best one counts as equal. */
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
