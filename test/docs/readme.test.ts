/**
 * The README and the documents, held to the code: their commands run, their links lead somewhere, their
 * tables say what is so, and the example of a policy compiles and decides as it says.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileInCopy, testInCopy } from '../harness/example-in-copy.js';
import { read, root } from '../harness/source-files.js';
import { copyOfBaton, type Copy } from '../harness/stranger.js';

const readme = read('README.md');
const documents = ['README.md', ...markdownIn('docs')];
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

function markdownIn(folder: string): readonly string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`);
}

/** Code blocks of the README in this language, in order. */
function blocks(language: string): readonly string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms');
  return [...readme.matchAll(fenced)].map(([, code = '']) => code);
}

describe('README example', () => {
  it('the two commands are at the top, are scripts, and are what tests and CI run', () => {
    const [top = ''] = blocks('sh');
    const commands = top.split('\n').flatMap((line) => /^npm (\w+)/.exec(line)?.[1] ?? []);
    expect(commands).toEqual(['start', 'test']);
    for (const name of commands) expect(scripts[name], `npm ${name}`).toBeDefined();
    expect(readme.indexOf(top)).toBeLessThan(1_000);
    expect(read('.ci/run')).toMatch(/^npm test$/m);
    expect(read('test/cli/start/npm-start.test.ts')).toContain(`npm(['start']`);
  });

  it('every npm script that is written about exists', () => {
    for (const path of documents) {
      const named = [...read(path).matchAll(/npm run ([\w-]+)/g)].map(([, name = '']) => name);
      expect(
        named.filter((name) => !(name in scripts)),
        path,
      ).toEqual([]);
    }
  });

  it('its pictures are small, and of no machine in particular', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path = '']) => path);
    expect(pictures).toContain('docs/pictures/npm-start.svg');
    expect(pictures.length).toBeGreaterThan(3);
    for (const path of pictures) expect(statSync(join(root, path)).size).toBeLessThan(400_000);
    expect(read('docs/pictures/npm-start.svg')).not.toMatch(/\/(home|root|Users|tmp|var)\//);
  });
});

describe('README example: a policy', () => {
  let copy: Copy;
  beforeAll(async () => {
    copy = await copyOfBaton();
  });
  afterAll(() => copy.remove());

  it('compiles, and decides as its table says', async () => {
    const written = blocks('ts').map((code) => {
      const [, path = '', body = ''] = /^\/\/ (\S+)\n([^]*)$/.exec(code) ?? [];
      return { path, body };
    });
    const [policy, line, test] = written;
    if (!policy || !line || !test) throw new Error('the example has three parts');
    addPolicy(join(copy.path, line.path), policy, line.body);
    for (const { path, body } of [policy, test]) writeFileSync(join(copy.path, path), body);
    const compiled = await compileInCopy(copy, [policy.path, line.path, test.path]);
    expect(compiled.stdout).toBe('');
    const ran = await testInCopy(copy, test.path);
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  });
});

/** The line of the example goes where the others are; the import it needs above them. */
function addPolicy(index: string, policy: { path: string; body: string }, line: string): void {
  const exported = /export const (\w+)/.exec(policy.body)?.[1] ?? '';
  const file = policy.path.split('/').at(-1)?.replace(/\.ts$/, '.js') ?? '';
  const before = readFileSync(index, 'utf8');
  const list = 'new Map([\n';
  expect(before).toContain(list);
  const after = before.replace(list, `${list}${line}`);
  writeFileSync(index, `import { ${exported} } from './${file}';\n${after}`);
}

describe('links', () => {
  it.each(documents)('of %s lead to what exists', (path) => {
    const links = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const dead = links.filter((link) => !/^https?:/.test(link) && !leadsSomewhere(path, link));
    expect(dead).toEqual([]);
  });
});

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from : normalize(join(dirname(from), file));
  if (!existsSync(join(root, path))) return false;
  if (anchor === undefined) return true;
  const headings = [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  const anchors = headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
  return anchors.includes(anchor);
}

describe('docs/operations/settings.md', () => {
  const page = read('docs/operations/settings.md');

  it('has every variable, with its default, and no other', () => {
    const source = read('settings/environment.ts');
    const declared = [...source.matchAll(/^ {2}((?:BATON|ENGAGE)_\w+): (.*),$/gm)];
    const actual = new Map(declared.map(([, name = '', schema = '']) => [name, defaultOf(schema)]));
    const rows = [...page.matchAll(/^\| `((?:BATON|ENGAGE)_\w+)` \| [^|]+ \| ([^|]+) \|/gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual([...actual.keys()].sort());
    for (const [, name = '', documented = ''] of rows) {
      const value = actual.get(name);
      if (value !== undefined) expect(documented.trim(), name).toBe(`\`${value}\``);
      else expect(documented, name).not.toMatch(/^`/);
    }
  });

  it('lists the events that concern a thread', () => {
    const table = [...read('workflows/contract/event-effects.ts').matchAll(/^ {2}'([\w.]+)': '/gm)];
    const chapter = /^## The webhook\n(.*?)^## /ms.exec(page)?.[1] ?? '';
    const documented = [...chapter.matchAll(/`(\w+\.\w+)`/g)].map(([, event]) => event);
    expect(documented.sort()).toEqual(table.map(([, event]) => event).sort());
  });
});

/** As it would be set: `port(8080)`, `….default('info')`, or a schema that is used under a name. */
function defaultOf(schema: string): string | undefined {
  const named = /^(\w+)$/.exec(schema)?.[1];
  const declaration = named
    ? new RegExp(`^const ${named} = (.*);$`, 'm').exec(read('settings/environment.ts'))?.[1]
    : undefined;
  return /(?:^port|\.default)\('?([^')]+)'?\)/.exec(declaration ?? schema)?.[1];
}
