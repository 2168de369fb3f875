/** Parses YAML with the line of every value, so that errors name their line. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { z } from 'zod';

export type Wrong = { readonly line: number; readonly problem: string };

/** A scenario that cannot be run as written: all its errors, by line. */
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
  /** The file is not YAML: there are no other errors. */
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

  /** Line of the value at this path, or of the longest existing part of the path. */
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

  /** Each issue as a line and a message; `from` is the path of the validated value. */
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

/** For a map, the position of the key; for a list, the start of the item. */
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
