/** A YAML file whose every value knows its line: what is wrong is named where it stands. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { z } from 'zod';

export type Wrong = { readonly line: number; readonly problem: string };

/** A scenario that cannot be played as it is written: everything wrong with it, by line. */
export class ScenarioRefused extends Error {
  override readonly name = 'ScenarioRefused';
  readonly wrong: readonly Wrong[];

  constructor(path: string, wrong: readonly Wrong[]) {
    const ordered = [...wrong].sort((a, b) => a.line - b.line);
    super(ordered.map(({ line, problem }) => `${path}:${line}  ${problem}`).join('\n'));
    this.wrong = ordered;
  }
}

const needsQuotes = 'a text with a colon in it needs "quotes" around it';

export type Path = readonly PropertyKey[];

export class Located {
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;
  readonly value: unknown;
  /** The file is not YAML: nothing else can be said about it. */
  readonly wrong: readonly Wrong[];

  constructor(text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    this.wrong = [...this.#document.errors, ...this.#document.warnings].map(
      ({ pos: [start], code, message }) => ({
        line: this.#lineAt(start),
        problem: code === 'BLOCK_AS_IMPLICIT_KEY' ? `${message}; ${needsQuotes}` : message,
      }),
    );
    this.value = this.wrong.length === 0 ? this.#document.toJS() : undefined;
  }

  /** Where the value at this path is, or as much of the path as there is. */
  line(path: Path): number {
    let node: Node | null = this.#document.contents;
    let found = node?.range?.[0] ?? 0;
    for (const part of path) {
      const at = child(node, part);
      if (!at) break;
      found = at.start ?? found;
      node = at.value;
    }
    return this.#lineAt(found);
  }

  /** Each issue as a line and a sentence; `from` is where the value stands that was checked. */
  issues({ issues }: z.ZodError, from: Path = []): readonly Wrong[] {
    return issues.flatMap((issue): Wrong[] => {
      const path = [...from, ...issue.path];
      const at = issue.path.filter((part) => typeof part === 'string').join('.');
      const said = (problem: string) => (at === '' ? problem : `${at}: ${problem}`);
      if (issue.code !== 'unrecognized_keys') {
        return [{ line: this.line(path), problem: said(issue.message) }];
      }
      return issue.keys.map((key) => ({
        line: this.line([...path, key]),
        problem: said(`there is no "${key}" here`),
      }));
    });
  }

  #lineAt(offset: number): number {
    return Math.max(this.#lines.linePos(offset).line, 1);
  }
}

type Child = { readonly value: Node | null; readonly start: number | undefined };

/** Of a map, where the key stands; of a list, where the item begins. */
function child(node: Node | null, part: PropertyKey): Child | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
    if (!pair) return undefined;
    const { key, value } = pair as { key: Node; value: Node | null };
    return { value, start: key.range?.[0] };
  }
  if (!isSeq(node)) return undefined;
  const item = node.items[Number(part)] as Node | undefined;
  return item && { value: item, start: item.range?.[0] };
}
