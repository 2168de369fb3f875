/**
 * No module of the workflow bundle has state of its own: modules are evaluated once a process and shared by
 * all of its workflows (`worker/bundle.ts`), so that what one thread changed there another would see.
 */
import {
  parseSync,
  Visitor,
  type Expression,
  type Program,
  type SimpleAssignmentTarget,
} from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { importsOf, read } from '../harness/source-files.js';

/** Own modules that are reached from the bundle's entry. */
function modulesOf(entry: string): readonly string[] {
  const found = new Set([entry]);
  for (const path of found) {
    for (const { what, isTypeOnly } of importsOf(path)) {
      if (!isTypeOnly && what.endsWith('.ts')) found.add(what);
    }
  }
  return [...found];
}

const mutators =
  /^(set|add|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin)$/;

/** What in a module could be different for the next workflow, in words. */
function stateIn(path: string, source: string): readonly string[] {
  const { program } = parseSync(path, source);
  const own = namesOf(program);
  const found = program.body.filter(isVariable).map(() => 'a variable of the module');
  const isOwn = (node: Expression | SimpleAssignmentTarget) => own.has(rootOf(node) ?? '');
  new Visitor({
    AssignmentExpression({ left }) {
      if (left.type === 'MemberExpression' && isOwn(left)) found.push(`${rootOf(left)} is written`);
    },
    UpdateExpression({ argument }) {
      if (isOwn(argument)) found.push(`${rootOf(argument)} is written`);
    },
    CallExpression({ callee }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      const { name } = callee.property;
      const root = rootOf(callee.object) ?? '';
      if (own.has(root) && mutators.test(name)) found.push(`${root}.${name}()`);
      // These two remember where a global pattern stopped.
      if (own.get(root) === 'pattern' && /^(test|exec)$/.test(name))
        found.push(`${root}.${name}()`);
    },
    PropertyDefinition(field) {
      if (field.static && !field.readonly) found.push('a static field');
    },
  }).visit(program);
  return found;
}

type Statement = Program['body'][number];

function isVariable(statement: Statement): boolean {
  const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  return declared?.type === 'VariableDeclaration' && declared.kind !== 'const';
}

/** Constants of the module, and which of them are patterns with a memory. */
function namesOf(program: Program): ReadonlyMap<string, 'value' | 'pattern'> {
  const names = new Map<string, 'value' | 'pattern'>();
  for (const statement of program.body) {
    const declared =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declared.declarations) {
      if (id.type !== 'Identifier') continue;
      const isGlobal = init?.type === 'Literal' && 'regex' in init && /[gy]/.test(init.regex.flags);
      names.set(id.name, isGlobal ? 'pattern' : 'value');
    }
  }
  return names;
}

function rootOf(node: Expression | SimpleAssignmentTarget): string | undefined {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' ? rootOf(node.object) : undefined;
}

describe('the modules of the workflow bundle', () => {
  const modules = modulesOf('workflows/index.ts');

  it('are those of the workflows and of the rooms they use', () => {
    expect(modules).toContain('workflows/thread/workflow.ts');
    expect(modules.length).toBeGreaterThan(60);
  });

  it('have no state of their own', () => {
    const withState = modules.flatMap((path) => stateIn(path, read(path)).map((it) => [path, it]));
    expect(withState).toEqual([]);
  });
});

it.each([
  ['let count = 0;', 1],
  ['export let count = 0;', 1],
  ['const seen = new Map<string, number>(); export const f = () => seen.set("a", 1);', 1],
  ['const seen: string[] = []; export function f() { seen.push("a"); }', 1],
  ['const counts = { a: 0 }; export function f() { counts.a += 1; counts.a++; }', 2],
  ['const word = /a/g; export const f = (text: string) => word.test(text);', 1],
  ['class Clock { static now = 0; }', 1],
  ['const words = new Set(["a"]); export const f = (word: string) => words.has(word);', 0],
  ['export const f = () => { let count = 0; count += 1; return [count].sort(); };', 0],
  ['const word = /a/g; export const f = (text: string) => text.replace(word, "b");', 0],
])('a module that says %s is found out', (source, count) => {
  expect(stateIn('a.ts', source)).toHaveLength(count);
});
