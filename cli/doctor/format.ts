/** Formats the findings: problems first, each with where to fix it. */
import type { Finding, Level } from './finding.js';

const order: readonly Level[] = ['error', 'warning', 'unseen', 'ok'];
const words: Record<Level, string> = {
  error: 'ERROR',
  warning: 'warn',
  unseen: 'check',
  ok: 'ok',
};

export function formatFindings(findings: readonly Finding[]): readonly string[] {
  const lines = order.flatMap((wanted) =>
    findings
      .filter(({ level }) => level === wanted)
      .flatMap(({ level, what, mend }) => [
        `${words[level].padEnd(6)} ${what}`,
        ...(mend === undefined ? [] : [`       -> ${mend}`]),
      ]),
  );
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const counted = `${count('error')} errors, ${count('warning')} warnings, ${count('unseen')} to check by hand, ${count('ok')} ok`;
  return [...lines, '', counted];
}
