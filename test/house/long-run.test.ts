/** `docs/testing.md` names every test of the long run, and its reason; each of them exists. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { largerInLongRun, longRun } from '../run/long-run.js';
import { read, root } from '../harness/source-files.js';

it.each(Object.entries({ ...longRun, ...largerInLongRun }))(
  'docs/testing.md names %s',
  (file, reason) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(read('docs/testing.md')).toContain(`(../${file}) | ${reason} |`);
  },
);
