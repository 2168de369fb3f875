/** Cuts a text that is too long or incomplete after its last whole sentence that fits. */

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** If not even one sentence fits, cuts after a word. */
export function cutAtSentence(text: string, limit: number): string {
  const whole = fitting(sentences, text, limit);
  const isWhole = whole.length < text.trimEnd().length;
  if (whole !== '' && isWhole) return whole;
  const [last] = [...sentences.segment(text)].slice(-1);
  // The text fits, but its last sentence is incomplete.
  const before = last && text.slice(0, last.index).trimEnd();
  if (whole !== '') return before === undefined || before === '' || endsWell(text) ? whole : before;
  return `${fitting(words, text, limit - 1)}…`;
}

function endsWell(text: string): boolean {
  return /[.!?。！？…)\]"'”’]\s*$/u.test(text);
}

function fitting(by: Intl.Segmenter, text: string, limit: number): string {
  let fits = '';
  for (const { segment } of by.segment(text)) {
    if ((fits + segment).trimEnd().length > limit) break;
    fits += segment;
  }
  return fits.trimEnd();
}
