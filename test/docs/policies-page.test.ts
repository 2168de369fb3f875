/**
 * `docs/policies.md`, followed: its example is added to a copy of the tree, word by word, compiles,
 * decides as its table says, and has changed two files of the product. And the page names every policy
 * and every escalation policy there is.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../settings/load-config.js';
import { usualPolicies } from '../../settings/source.js';
import { policies } from '../../workflows/policies/index.js';
import { compileInCopy, testInCopy } from '../harness/example-in-copy.js';
import { read } from '../harness/source-files.js';
import { copyOfBaton, type Copy } from '../harness/stranger.js';
import { testConfig } from '../harness/test-config.js';
import { escalationNames } from '../../workflows/contract/escalation.js';

const page = read('docs/policies.md');

/** The first cells of the table under this heading, without their quotes. */
function rows(heading: string): readonly string[] {
  const chapter = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...chapter.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name = '']) => name);
}

/** What stands in the page as `// path` and the file's text. */
function examples(): readonly { path: string; body: string }[] {
  const blocks = [...page.matchAll(/^```ts\n\/\/ (\S+)\n(.*?)^```$/gms)];
  return blocks.map(([, path = '', body = '']) => ({ path, body }));
}

describe('the page', () => {
  it('names every policy, in the usual order, and no other', () => {
    const all = rows('Those that exist');
    expect(all.slice(0, usualPolicies.length)).toEqual(usualPolicies);
    expect([...all].sort()).toEqual([...policies.keys()].sort());
  });

  it('names every escalation policy, and writes them as the settings take them', () => {
    expect([...rows('Escalation policies')].sort()).toEqual([...escalationNames].sort());
    const [, written = ''] = /^```ts\nescalations: (\{.*?^\}),\n```$/ms.exec(page) ?? [];
    // The page is ours: what stands in it may be run.
    // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call
    const escalations = new Function(`return ${written}`)() as object;
    const parsed = parseConfig(testConfig({ source: { escalations } })).sources['chat']
      ?.escalations;
    expect(parsed?.nobodyComes).toHaveLength(4);
  });
});

describe('its example', () => {
  let copy: Copy;
  beforeAll(async () => {
    copy = await copyOfBaton();
  });
  afterAll(() => copy.remove());

  it('is one file and one line, compiles, and decides as its table says', async () => {
    const [policy, line, test] = examples();
    if (!policy || !line || !test) throw new Error('the example has three parts');
    const before = productOf(copy.path);
    for (const { path, body } of [policy, test]) write(path, body);
    addLine(line.path, line.body, policy);
    const after = productOf(copy.path);
    const changed = [...after.keys()].filter((path) => after.get(path) !== before.get(path));
    expect(changed.sort()).toEqual([policy.path, line.path].sort());

    const compiled = await compileInCopy(copy, [policy.path, line.path, test.path]);
    expect(compiled.stdout).toBe('');
    const ran = await testInCopy(copy, test.path);
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  });

  function write(path: string, text: string): void {
    const file = join(copy.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Where the others are; and the import it needs. */
  function addLine(path: string, line: string, policy: { path: string; body: string }): void {
    const name = /export const (\w+)/.exec(policy.body)?.[1] ?? '';
    const file = policy.path.split('/').at(-1)?.replace(/\.ts$/, '.js') ?? '';
    const list = 'new Map([\n';
    const index = readFileSync(join(copy.path, path), 'utf8');
    expect(index).toContain(list);
    write(path, `import { ${name} } from './${file}';\n${index.replace(list, `${list}${line}`)}`);
  }
});

/** Each file of the product, by its path, with what stands in it. */
function productOf(folder: string): ReadonlyMap<string, string> {
  const notProduct = ['node_modules', 'test', 'docs'];
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !notProduct.includes(entry.name))
    .flatMap(({ name }) =>
      readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
  return new Map(
    entries.map((path) => [
      path.slice(folder.length + 1),
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]),
  );
}
