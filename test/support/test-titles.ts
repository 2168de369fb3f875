/** The tests that a file declares, read off its source: nothing is run. */
import ts from 'typescript';
import { read } from './source-files.js';

/** Titles from the outermost `describe` to the test; `…` where a table or a variable fills something in. */
export function testsIn(file: string): readonly (readonly string[])[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const found: (readonly string[])[] = [];
  const visit = (node: ts.Node, path: readonly string[]): void => {
    const declared = ts.isCallExpression(node) ? declaredBy(node) : undefined;
    const inner = declared ? [...path, declared.title] : path;
    if (declared?.what === 'it') found.push(inner);
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(source, []);
  return found;
}

function declaredBy(call: ts.CallExpression): { what: string; title: string } | undefined {
  const what = /^(it|describe)\b/.exec(call.expression.getText())?.[1];
  const [title, body] = call.arguments;
  if (what === undefined || !title || !body) return undefined;
  return { what, title: titleOf(title) };
}

function titleOf(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return filledIn(node.text);
  if (!ts.isTemplateExpression(node)) return '…';
  const parts = node.templateSpans.map(({ literal }) => `…${literal.text}`);
  return filledIn(node.head.text + parts.join(''));
}

function filledIn(title: string): string {
  return title.replace(/%[sdifjoO]|\$[a-zA-Z][\w.]*/g, '…');
}
