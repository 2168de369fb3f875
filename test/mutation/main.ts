/**
 * `npm run mutants -- [--sample N] [--seed N] [--resume] [DIRECTORY…]`: changes one place of the core, the activities
 * or the Engage client at a time, and runs the tests of that room that import it, on a copy. A change that no test
 * notices survives: it is printed, with its reason if `survivors.ts` has one. Exit 1 when one survives without a reason.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sourceFiles } from '../harness/source-files.js';
import { Copy } from './copy.js';
import { mutantsOf, type Mutant } from './mutants.js';
import { Results } from './results.js';
import { roomOf, rooms, RoomTests, testsOfRoom } from './room-tests.js';
import { sample } from './sample.js';
import { reasonFor } from './survivors.js';

/** Only a Temporal server runs these; the tests of whole threads do. */
const needsServer = /^workflows\/thread\/(shell\/|workflow\.ts)/;
/** Mutants tested at the same time, each in a process and a copy of its own. */
const atOnce = 2;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    resume: { type: 'boolean', default: false },
  },
});
const say = (line: string) => console.log(line);

const usual = ['workflows/thread', 'activities', 'engage'];
const directories = positionals.length > 0 ? positionals : usual;
const all = directories.flatMap(mutantsIn);
const size = Number(values.sample);
const unknown = directories.find((one) => !rooms.includes(roomOf(one)));
if (unknown !== undefined) refuse(`${unknown}: expected ${rooms.join(', ')}`);
if (!Number.isInteger(size) || size < 1) refuse('--sample: expected a whole number from 1');
if (all.length === 0) refuse(`${directories.join(', ')}: there is nothing to change`);
const drawn = sample(all, size, Number(values.seed));
say(`${drawn.length} of ${all.length} mutants, seed ${values.seed}, of ${directories.join(', ')}`);

const results = new Results(values.resume);
const tests = new RoomTests();
const counts = { noticed: 0, timedOut: 0, explained: 0, unexplained: 0 };
const began = Date.now();
let reported = began;
const copies = Array.from({ length: atOnce }, (_, index) => new Copy(`copy-${index + 1}`));
const close = () => copies.forEach((copy) => copy.close());
process.on('exit', close);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => process.exit(1));
process.exit(await main());

async function main(): Promise<number> {
  for (const room of new Set(drawn.map(({ file }) => roomOf(file)))) {
    const { is, by, took } = await (copies[0] as Copy).test(testsOfRoom(room));
    tests.learn(took);
    if (is === 'passed') continue;
    say(`the tests of ${room} do not pass without any change: ${is} ${by ?? ''}`);
    return 1;
  }
  const left = drawn[Symbol.iterator]();
  await Promise.all(copies.map((copy) => testEach(left, copy)));
  const { noticed, timedOut, explained, unexplained } = counts;
  say(`${noticed} noticed by a test, ${timedOut} by its time`);
  say(`${explained} survive with a reason, ${unexplained} without`);
  return unexplained > 0 ? 1 : 0;
}

async function testEach(left: Iterable<Mutant>, copy: Copy): Promise<void> {
  for (const mutant of left) {
    const known = results.of(mutant);
    if (known) {
      counts[known.is === 'timedOut' ? 'timedOut' : 'noticed'] += 1;
      continue;
    }
    const outcome = await copy.test(tests.for(mutant.file), mutant);
    results.keep(mutant, outcome);
    tests.learn(outcome.took, mutant.file, outcome.by);
    if (outcome.is === 'passed') survives(mutant);
    else counts[outcome.is === 'failed' ? 'noticed' : 'timedOut'] += 1;
    progress();
  }
}

function survives(mutant: Mutant): void {
  const { file, line, change } = mutant;
  const reason = reasonFor(mutant, readFileSync(file, 'utf8'));
  counts[reason === undefined ? 'unexplained' : 'explained'] += 1;
  say(`survives: ${file}:${line} ${change}${reason === undefined ? '' : ` (${reason})`}`);
}

/** Every half minute. */
function progress(): void {
  if (Date.now() - reported < 30_000) return;
  reported = Date.now();
  const done = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const rate = (done / (reported - began)) * 60_000;
  say(`… ${done} of ${drawn.length}, ${Math.round(rate)} a minute`);
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
