/**
 * `npm run report -- data-sheet`: takes the last runs of `npm run chaos`, `bench` and `security` into
 * `docs/figures/`, and what they say into docs/guarantees.md. No figure gets there otherwise.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pagePath, readFigures, readRuns, writeFigures } from './files.js';
import { withRuns } from './kept.js';
import { intoPage } from './format.js';

export function reportDataSheet(): Promise<boolean> {
  const runs = readRuns();
  writeFigures(withRuns(readFigures(), runs));
  const page = intoPage(readFileSync(pagePath, 'utf8'), readFigures());
  writeFileSync(pagePath, page);
  const taken = Object.entries(runs).filter(([, run]) => run !== undefined);
  const names = taken.map(([command]) => command).join(', ');
  console.log(`taken: ${names || 'nothing'}; see ${pagePath}`);
  return Promise.resolve(true);
}
