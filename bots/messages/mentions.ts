/**
 * Whether a text mentions one of these phrases. Whole words, ignoring case and punctuation, in any script:
 * "agent" matches "an Agent, please" but not "agenda".
 */
export function mentions(text: string, phrases: readonly string[]): boolean {
  const said = ` ${words(text)} `;
  return phrases.some((phrase) => words(phrase) !== '' && said.includes(` ${words(phrase)} `));
}

/** Whether a text consists only of these phrases: "Thank you, bye!" does, for "thank you" and "bye". */
export function saysOnly(text: string, phrases: readonly string[]): boolean {
  const known = phrases.map(words).filter((phrase) => phrase !== '');
  const longestFirst = known.sort((a, b) => b.length - a.length);
  let rest = words(text);
  if (rest === '') return false;
  while (rest !== '') {
    const next = longestFirst.find((phrase) => `${rest} `.startsWith(`${phrase} `));
    if (next === undefined) return false;
    rest = rest.slice(next.length).trimStart();
  }
  return true;
}

function words(text: string): string {
  return (text.toLowerCase().match(/[\p{Letter}\p{Mark}\p{Number}]+/gu) ?? []).join(' ');
}
