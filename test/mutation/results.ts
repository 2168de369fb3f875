/**
 * Outcomes of mutants, one a line, kept in `.baton/mutants/results.jsonl` while a run goes on, so that `--resume`
 * takes up an interrupted one. What no test noticed is tested again: new tests may. A changed source file, or another
 * version of its mutants, begins anew.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import type { Outcome } from './copy.js';
import type { Mutant } from './mutants.js';

type Line = { readonly key: string; readonly is: Outcome['is']; readonly by?: string };

const folder = '.baton/mutants';
const file = `${folder}/results.jsonl`;

export class Results {
  readonly #known = new Map<string, Line>();

  constructor(resumes: boolean) {
    mkdirSync(folder, { recursive: true });
    if (!resumes) rmSync(file, { force: true });
    if (!existsSync(file)) return;
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    for (const line of lines.map((one) => JSON.parse(one) as Line)) this.#known.set(line.key, line);
  }

  /** Undefined for a mutant that is to be tested. */
  of(mutant: Mutant): Line | undefined {
    const known = this.#known.get(keyOf(mutant));
    return known?.is === 'passed' ? undefined : known;
  }

  keep(mutant: Mutant, { is, by }: Outcome): void {
    const { file: source, line, change } = mutant;
    const kept = { key: keyOf(mutant), is, ...(by !== undefined && { by }) };
    appendFileSync(file, `${JSON.stringify({ ...kept, mutant: `${source}:${line} ${change}` })}\n`);
  }
}

function keyOf(mutant: Mutant): string {
  const source = readFileSync(mutant.file, 'utf8');
  return createHash('sha256').update(JSON.stringify(mutant)).update(source).digest('hex');
}
