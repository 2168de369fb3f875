/**
 * Parses Prometheus's text format: one sample a line, with unescaped labels. Pure. Lines without a sample
 * (comments, types, a truncated line) are skipped, and do not affect the others.
 */

export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

const aName = /[a-zA-Z_:][\w:]*/y;
/** A label's value is in quotes; `\\`, `\"` and `\n` are the only escapes. */
const aLabel = /\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\[^])*)"\s*(,|(?=\}))/y;
/** A value, optionally followed by its timestamp. */
const aValue = /[ \t]*([^ \t]+)(?:[ \t]+-?\d+)?[ \t]*$/y;

export function parseText(text: string): readonly Sample[] {
  return text.split('\n').flatMap((line) => sampleIn(line.replace(/\r$/, '').trimStart()) ?? []);
}

function sampleIn(line: string): Sample | undefined {
  const [name] = matchAt(aName, line, 0) ?? [];
  if (name === undefined) return undefined;
  const labelled = labelsAt(line, name.length);
  if (!labelled) return undefined;
  const [, written = ''] = matchAt(aValue, line, labelled.end) ?? [];
  const value = numberOf(written);
  return value === undefined ? undefined : { name, labels: labelled.labels, value };
}

function labelsAt(
  line: string,
  from: number,
): { readonly labels: Readonly<Record<string, string>>; readonly end: number } | undefined {
  const opening = /[ \t]*\{/y;
  const opened = matchAt(opening, line, from);
  if (!opened) return { labels: {}, end: from };
  const labels: [string, string][] = [];
  let at = from + opened[0].length;
  for (let found = matchAt(aLabel, line, at); found; found = matchAt(aLabel, line, at)) {
    labels.push([found[1] ?? '', unescaped(found[2] ?? '')]);
    at += found[0].length;
  }
  const closed = matchAt(/\s*\}/y, line, at);
  return closed && { labels: Object.fromEntries(labels), end: at + closed[0].length };
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(line) ?? undefined;
}

function unescaped(written: string): string {
  return written.replace(/\\([^])/g, (_, one: string) => (one === 'n' ? '\n' : one));
}

const words: Readonly<Record<string, number>> = {
  '+Inf': Infinity,
  Inf: Infinity,
  '-Inf': -Infinity,
  NaN,
};

function numberOf(written: string): number | undefined {
  if (Object.hasOwn(words, written)) return words[written];
  const value = written === '' ? NaN : Number(written);
  return Number.isNaN(value) ? undefined : value;
}
