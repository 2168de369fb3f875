/**
 * `npm run sizing`: measures what a turn and an idle thread cost on a real cluster, and works out from it
 * what a million open threads and 1,000 deliveries a second need. Says what is measured and what is not.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { thisMachine } from '../../bench/machine.js';
import { perform } from '../../bench/perform.js';
import { installQuietRuntime } from '../../../local/quiet-runtime.js';
import { seeded } from '../../bench/seeded.js';
import { formatMachine } from '../../bench/table.js';
import { build } from '../../../worker/bundle.js';
import { measure, type Measured } from './measure.js';
import { aMillion, listPrices, planFor, type Plan } from './plan.js';
import { playShards } from './simulate.js';
import { assumedInWords, measuredInWords, planInWords, playedInWords, type Line } from './words.js';

const folder = '.baton/sizing';
const say = (line: string) => console.log(line);

const machine = thisMachine();
const seed = 1;
say(formatMachine(machine, seed));
installQuietRuntime();
const workflowBundle = { codePath: await build(`${folder}/workflow-bundle.js`) };
const job = { name: 'sizing', within: 10 * 60_000, run: measure };
const { findings, trouble } = await perform(job, { temporalProgram: '', workflowBundle, seed });
if (findings) printFindings(findings);
else say(`no figures: ${trouble ?? 'unknown'}`);
process.exit(findings ? 0 : 1);

function printFindings(measured: Measured): void {
  const plan = planFor(measured, aMillion);
  const played = playedWith(measured, plan);
  mkdirSync(folder, { recursive: true });
  const kept = {
    at: new Date().toISOString(),
    machine,
    measured,
    load: aMillion,
    listPrices,
    plan,
    played,
  };
  writeFileSync(`${folder}/last-run.json`, `${JSON.stringify(kept, null, 2)}\n`);
  say(`\nmeasured, on ${measured.threads} threads and ${measured.turns} turns after their first`);
  printAll(measuredInWords(measured));
  say('\nassumed');
  printAll(assumedInWords(aMillion, listPrices));
  say('\nneeded, by arithmetic');
  printAll(planInWords(plan));
  say('\nplayed: the busiest minute of all writes, on so many shards');
  printAll(playedInWords(played));
  say(`\nalso in ${folder}/last-run.json`);
}

/** With the shards that are needed, a quarter of them, and four times as many. */
function playedWith({ transactions }: Measured, { turnsPerSecond, shards }: Plan) {
  const { writeMs } = aMillion;
  const writes = Math.round(transactions);
  return [shards / 4, shards, shards * 4].map((count) => {
    const playing = { turnsPerSecond, writes, writeMs, shards: count, seconds: 60 };
    return { shards: count, waits: playShards(playing, seeded(seed)) };
  });
}

function printAll(lines: readonly Line[]): void {
  for (const [what, value] of lines) {
    const shown = value.toLocaleString('en', { maximumSignificantDigits: 3 });
    say(`  ${what.padEnd(40)} ${shown.padStart(14)}`);
  }
}
