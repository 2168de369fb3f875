/** Small files, one idea each, and a doc block at the top of each. */
import { describe, expect, it } from 'vitest';
import { read, sourceFiles } from '../harness/source-files.js';

const all = sourceFiles();
const product = all.filter((path) => path.includes('/') && !path.startsWith('test/'));
const tests = all.filter((path) => path.startsWith('test/'));

function lines(path: string): number {
  return read(path).trimEnd().split('\n').length;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}

describe('sizes', () => {
  it('the thread fits on a screen or two', () => {
    expect(lines('workflows/thread/workflow.ts')).toBeLessThanOrEqual(150);
  });

  it('no source file is longer than 300 lines, no test than 400', () => {
    expect(product.filter((path) => lines(path) > 300)).toEqual([]);
    expect(tests.filter((path) => lines(path) > 400)).toEqual([]);
  });

  it('half of the source files have at most 80 lines, nine of ten at most 180', () => {
    const sizes = product.map(lines);
    expect(percentile(sizes, 0.5)).toBeLessThanOrEqual(80);
    expect(percentile(sizes, 0.9)).toBeLessThanOrEqual(180);
  });

  it('each file opens with what it is, or with imports and a documented export', () => {
    const undocumented = product.filter(
      (path) => !/^(#!.*\n)?(import[^]*?;\n+)*\/\*\*/.test(read(path)),
    );
    expect(undocumented).toEqual([]);
  });

  it('no file is a drawer for anything', () => {
    const drawers = all.filter((path) =>
      /(^|\/)(utils?|helpers?|misc|common)\.(ts|mjs)$/.test(path),
    );
    expect(drawers).toEqual([]);
  });

  it('there is no default export outside tools’ own configuration', () => {
    const withDefault = all.filter((path) => /^export default /m.test(read(path)));
    expect(withDefault).toEqual([
      'test/histories/record.config.ts',
      'test/mutation/vitest.config.ts',
      'vitest.config.ts',
    ]);
  });
});
