/** The tests that a file declares, read off its source: nothing is run. */
import { parseSync, Visitor, type CallExpression, type Argument } from 'oxc-parser';
import { read } from './source-files.js';

/** Titles from the outermost `describe` to the test; `…` where a table or a variable fills something in. */
export function testsIn(file: string): readonly (readonly string[])[] {
  const source = read(file);
  const found: (readonly string[])[] = [];
  let path: readonly string[] = [];
  const open: CallExpression[] = [];
  new Visitor({
    CallExpression(call) {
      const declared = declaredBy(call, source);
      if (!declared) return;
      path = [...path, declared.title];
      open.push(call);
      if (declared.what === 'it') found.push(path);
    },
    'CallExpression:exit'(call) {
      if (open.at(-1) !== call) return;
      open.pop();
      path = path.slice(0, -1);
    },
  }).visit(parseSync(file, source).program);
  return found;
}

function declaredBy(
  { callee, arguments: given }: CallExpression,
  source: string,
): { readonly what: string; readonly title: string } | undefined {
  const what = /^(it|describe)\b/.exec(source.slice(callee.start, callee.end))?.[1];
  const [title, body] = given;
  if (what === undefined || !title || !body) return undefined;
  return { what, title: titleOf(title) };
}

function titleOf(node: Argument): string {
  if (node.type === 'Literal' && typeof node.value === 'string') return filledIn(node.value);
  if (node.type !== 'TemplateLiteral') return '…';
  return filledIn(node.quasis.map(({ value }) => value.cooked ?? '').join('…'));
}

function filledIn(title: string): string {
  return title.replace(/%[sdifjoO]|\$[a-zA-Z][\w.]*/g, '…');
}
