/** Formats the findings: problems first, each with where to fix it. */
import type { Finding, Level } from './finding.js';

const order: readonly Level[] = ['error', 'warning', 'unseen', 'ok'];
const words: Record<Level, string> = {
  error: 'WRONG',
  warning: 'hm',
  unseen: 'look',
  ok: 'ok',
};

export function tell(findings: readonly Finding[]): readonly string[] {
  const lines = order.flatMap((wanted) =>
    findings
      .filter(({ level }) => level === wanted)
      .flatMap(({ level, what, mend }) => [
        `${words[level].padEnd(6)} ${what}`,
        ...(mend === undefined ? [] : [`       -> ${mend}`]),
      ]),
  );
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const counted = `${count('error')} wrong, ${count('warning')} to think about, ${count('unseen')} to look at yourself, ${count('ok')} right`;
  return [...lines, '', counted];
}
