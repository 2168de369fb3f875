/**
 * The beginning of a text, at most so many UTF-16 units long. A character of two units, such as an emoji, is
 * kept whole or left out: half of one is no valid text, and strict JSON parsers refuse it.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  const isFirstHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isFirstHalf ? most - 1 : most);
}
