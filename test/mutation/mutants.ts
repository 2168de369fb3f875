/**
 * Mutants of one source file: the smallest changes that a test should notice, each at a place of the syntax tree.
 * Pure; types, imports and texts of errors are left alone.
 */
import {
  parseSync,
  Visitor,
  type Argument,
  type Expression,
  type ObjectExpression,
} from 'oxc-parser';

export type Mutant = {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** What the change is, for the list of survivors. */
  readonly change: string;
  /** Where the source is replaced, in UTF-16 units, and by what. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
};

type Place = { readonly start: number; readonly end: number };

const opposite: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
};
const boundary: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

export function mutantsOf(file: string, source: string): readonly Mutant[] {
  const found: Mutant[] = [];
  const add = ({ start, end }: Place, text: string, change: string) =>
    found.push({ file, line: source.slice(0, start).split('\n').length, change, start, end, text });
  const textOf = ({ start, end }: Place) => source.slice(start, end);
  const operator = (left: Place, right: Place, word: string, instead: string | undefined) => {
    const start = source.indexOf(word, left.end);
    if (instead !== undefined && start >= 0 && start < right.start)
      add({ start, end: start + word.length }, instead, `${word} becomes ${instead}`);
  };
  new Visitor({
    BinaryExpression({ left, right, operator: word }) {
      operator(left, right, word, opposite[word]);
      operator(left, right, word, boundary[word]);
    },
    LogicalExpression({ left, right, operator: word }) {
      operator(left, right, word, opposite[word]);
    },
    UnaryExpression({ operator: word, argument, start, end }) {
      if (word === '!') add({ start, end }, textOf(argument), 'not negated');
    },
    IfStatement({ test }) {
      add(test, 'false', `never: if (${short(textOf(test))})`);
    },
    ConditionalExpression({ test, consequent, alternate, start, end }) {
      add({ start, end }, `(${textOf(alternate)})`, `never: ${short(textOf(test))} ?`);
      add({ start, end }, `(${textOf(consequent)})`, `always: ${short(textOf(test))} ?`);
    },
    Literal({ value, start, end }) {
      if (typeof value === 'number')
        add({ start, end }, `(${textOf({ start, end })} * 100 + 1)`, 'a hundredfold');
    },
    ObjectExpression(object) {
      for (const one of droppable(object))
        add(withComma(one, source), '', `without ${short(textOf(one))}`);
    },
    CallExpression({ callee, arguments: given, start, end }) {
      const kept = unchanged(callee, given, textOf);
      if (kept !== undefined) add({ start, end }, kept, `skips ${short(textOf(callee))}(…)`);
    },
  }).visit(parseSync(file, source).program);
  return found.sort((one, other) => one.start - other.start);
}

export function applyMutant(source: string, { start, end, text }: Mutant): string {
  return source.slice(0, start) + text + source.slice(end);
}

/** Fields of a literal beside others: a state that is written without one of them. */
function droppable({ properties }: ObjectExpression): readonly Place[] {
  return properties.length > 1 ? properties : [];
}

function withComma({ start, end }: Place, source: string): Place {
  const comma = /^\s*,/.exec(source.slice(end))?.[0].length ?? 0;
  return { start, end: end + comma };
}

/** What is left when a step is skipped: its state, or the list that it would filter or sort. */
function unchanged(
  callee: Expression,
  given: readonly Argument[],
  textOf: (place: Place) => string,
): string | undefined {
  const [first] = given;
  if (callee.type === 'Identifier' && first && /^(state|next|noted)$/.test(textOf(first)))
    return given.length > 1 ? textOf(first) : undefined;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined;
  return /^(filter|sort|toSorted|slice)$/.test(callee.property.name)
    ? textOf(callee.object)
    : undefined;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 50 ? `${line.slice(0, 49)}…` : line;
}
