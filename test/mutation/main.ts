/**
 * `npm run mutants -- [--sample N] [--seed N] [DIRECTORY…]`: changes one place of the core, the activities or the Engage
 * client at a time, and runs the tests of that room on a copy. A change that no test notices survives: it is
 * printed, with its reason if `survivors.ts` has one. Exit 1 when one survives without a reason.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sourceFiles } from '../harness/source-files.js';
import { Copy } from './copy.js';
import { mutantsOf, type Mutant } from './mutants.js';
import { sample } from './sample.js';
import { reasonFor } from './survivors.js';

/** Only a Temporal server runs these; the tests of whole threads do. */
const needsServer = /^workflows\/thread\/(shell\/|workflow\.ts)/;
/** By room, the tests that must notice a change: the quickest that reach it. */
const testsOf: Readonly<Record<string, readonly string[]>> = {
  workflows: ['test/workflows', 'test/guarantees'],
  activities: ['test/activities', 'test/engage'],
  engage: ['test/engage', 'test/activities'],
};
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const say = (line: string) => console.log(line);

const usual = ['workflows/thread', 'activities', 'engage'];
const directories = positionals.length > 0 ? positionals : usual;
const all = directories.flatMap(mutantsIn);
const size = Number(values.sample);
const unknown = directories.find((one) => testsOf[one.split('/')[0] ?? ''] === undefined);
if (unknown !== undefined) refuse(`${unknown}: expected ${Object.keys(testsOf).join(', ')}`);
if (!Number.isInteger(size) || size < 1) refuse('--sample: expected a whole number from 1');
if (all.length === 0) refuse(`${directories.join(', ')}: there is nothing to change`);
const drawn = sample(all, size, Number(values.seed));
say(`${drawn.length} of ${all.length} mutants, seed ${values.seed}, of ${directories.join(', ')}`);
process.exit(await main());

async function main(): Promise<number> {
  const copy = new Copy();
  for (const room of new Set(drawn.map(roomOf))) {
    const outcome = await copy.test(testsOf[room] ?? []);
    if (outcome === 'passed') continue;
    say(`the tests of ${room} do not pass without any change: ${outcome}`);
    return 1;
  }
  const counts = { noticed: 0, timedOut: 0, explained: 0, unexplained: 0 };
  for (const mutant of drawn) {
    const outcome = await copy.test(testsOf[roomOf(mutant)] ?? [], mutant);
    if (outcome !== 'passed') {
      counts[outcome === 'failed' ? 'noticed' : 'timedOut'] += 1;
      continue;
    }
    const { file, line, change } = mutant;
    const reason = reasonFor(mutant, readFileSync(file, 'utf8'));
    counts[reason === undefined ? 'unexplained' : 'explained'] += 1;
    say(`survives: ${file}:${line} ${change}${reason === undefined ? '' : ` (${reason})`}`);
  }
  const { noticed, timedOut, explained, unexplained } = counts;
  say(`${noticed} noticed by a test, ${timedOut} by its time`);
  say(`${explained} survive with a reason, ${unexplained} without`);
  return unexplained > 0 ? 1 : 0;
}

function mutantsIn(directory: string): readonly Mutant[] {
  const isMeant = (file: string) => file.startsWith(`${directory}/`) && !needsServer.test(file);
  const files = sourceFiles(['.ts']).filter(isMeant);
  return files.flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8')));
}

function refuse(why: string): never {
  say(why);
  process.exit(1);
}

function roomOf({ file }: Mutant): string {
  return file.split('/')[0] ?? '';
}
