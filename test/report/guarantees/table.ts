/**
 * `docs/guarantees.md`, read: a row a problem, with the tests that show it and the negative controls that prove
 * that those tests can fail. A test is named as `file › describe › test`, each part but the file
 * optional; `…` in a name stands for whatever a table of cases puts there.
 */
export type Named = {
  readonly file: string;
  /** From the outermost `describe` that is named to the test. */
  readonly titles: readonly string[];
};

export type Row = {
  readonly number: string;
  readonly promise: string;
  readonly tests: readonly Named[];
  readonly negativeControls: readonly Named[];
  /** What is not shown yet, in words. */
  readonly open: string | undefined;
};

/** Rows of problems: those that begin with a number, or with `T` or `S` and one. */
export function readTable(markdown: string): readonly Row[] {
  return markdown.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, number = '', , promise = '', shown = '', negativeControl = ''] = cells;
    if (!/^[TS]?\d+$/.test(number)) return [];
    const open = /open: ([^<|]*)/.exec(shown)?.[1]?.trim();
    return [
      { number, promise, tests: named(shown), negativeControls: named(negativeControl), open },
    ];
  });
}

function named(cell: string): readonly Named[] {
  return [...cell.matchAll(/`(test\/[^`]+)`/g)].map(([, name = '']) => {
    const [file = '', ...titles] = name.split(' › ');
    return { file, titles };
  });
}

/** Does this test, by its titles from the outermost `describe` on, have that name? */
export function isNamed({ titles }: Named, path: readonly string[]): boolean {
  const last = path.length - titles.length;
  return Array.from({ length: last + 1 }, (_, from) => from).some((from) =>
    titles.every((title, i) => isSame(title, path[from + i] ?? '')),
  );
}

/** Either may leave parts open. */
function isSame(one: string, other: string): boolean {
  return pattern(one).test(other) || pattern(other).test(one);
}

function pattern(title: string): RegExp {
  return new RegExp(`^${toSource(title)}$`);
}

/** As the source of a regular expression. */
export function toSource(title: string): string {
  return title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.*');
}
