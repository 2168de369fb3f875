/**
 * Known advisories against what is installed, as `npm audit` lists them. Where the registry does not
 * answer, that is said: not knowing is not the same as none.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Bench, Findings } from '../../bench/bench.js';

type AuditReport = {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
  readonly message?: string;
};

export const advisories: Bench = {
  name: 'advisories',
  measures: 'packages with a known advisory that docs/security.md does not explain',
  within: 90_000,
  run: () => Promise.resolve(ask()),
};

function ask(): Findings {
  const args = ['audit', '--package-lock-only', '--json'];
  const { stdout } = spawnSync('npm', args, { encoding: 'utf8', timeout: 60_000 });
  const report = parse(stdout);
  if (!report.vulnerabilities) {
    // Where it was asked is this machine's own.
    const [why = 'it gave no answer'] = report.message?.split(/ - |\n/) ?? [];
    return { figures: [], notes: [`not known: the registry’s audit could not be asked (${why})`] };
  }
  return judged(Object.entries(report.vulnerabilities), readFileSync('docs/security.md', 'utf8'));
}

/** Explained: named under the page's heading of advisories. */
export function judged(
  found: readonly (readonly [string, { readonly severity: string }])[],
  page: string,
): Findings {
  const explained = /^## Advisories\n(.*?)(?=^## |(?![^]))/ms.exec(page)?.[1] ?? '';
  const open = found.filter(([name]) => !explained.includes(`\`${name}\``));
  const figures = [
    { what: 'packages with an advisory', value: found.length, unit: 'calls' },
    { what: 'of them not explained', value: open.length, unit: 'calls', goal: { pass: 0 } },
  ] as const;
  return { figures, notes: open.map(([name, { severity }]) => `${name}: ${severity}`) };
}

function parse(text: string): AuditReport {
  try {
    return JSON.parse(text) as AuditReport;
  } catch {
    return {};
  }
}
