/**
 * Does a text mention one of these words or phrases? Compared whole, without case and punctuation, in
 * any script: "agent" is heard in "an Agent, please" and not in "agenda".
 */
export function mentions(text: string, phrases: readonly string[]): boolean {
  const heard = ` ${words(text)} `;
  return phrases.some((phrase) => words(phrase) !== '' && heard.includes(` ${words(phrase)} `));
}

function words(text: string): string {
  return (text.toLowerCase().match(/[\p{Letter}\p{Mark}\p{Number}]+/gu) ?? []).join(' ');
}
