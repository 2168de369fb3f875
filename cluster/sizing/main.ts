/**
 * `npm run sizing`: measures what a turn and an idle thread cost on a real cluster, and works out from it
 * what a million open threads and 1,000 deliveries a second need. Says what is measured and what is not.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { thisMachine } from '../../bench/machine.js';
import { perform } from '../../bench/perform.js';
import { installQuietRuntime } from '../../bench/quiet-runtime.js';
import { tellMachine } from '../../bench/table.js';
import { build } from '../../worker/bundle.js';
import { measure, type Measured } from './measure.js';
import { aMillion, listPrices, planFor } from './plan.js';
import { assumedInWords, measuredInWords, planInWords, type Line } from './words.js';

const folder = '.baton/sizing';
const say = (line: string) => console.log(line);

const machine = thisMachine();
say(tellMachine(machine, 1));
installQuietRuntime();
const workflowBundle = { codePath: await build(`${folder}/workflow-bundle.js`) };
const job = { name: 'sizing', within: 10 * 60_000, run: measure };
const { findings, trouble } = await perform(job, { temporalProgram: '', workflowBundle, seed: 1 });
if (findings) tell(findings);
else say(`no figures: ${trouble ?? 'unknown'}`);
process.exit(findings ? 0 : 1);

function tell(measured: Measured): void {
  const plan = planFor(measured, aMillion);
  mkdirSync(folder, { recursive: true });
  const kept = {
    at: new Date().toISOString(),
    machine,
    measured,
    load: aMillion,
    listPrices,
    plan,
  };
  writeFileSync(`${folder}/last-run.json`, `${JSON.stringify(kept, null, 2)}\n`);
  say(`\nmeasured, on ${measured.threads} threads and ${measured.turns} turns after their first`);
  tellAll(measuredInWords(measured));
  say('\nassumed');
  tellAll(assumedInWords(aMillion, listPrices));
  say('\nneeded, by arithmetic');
  tellAll(planInWords(plan));
  say(`\nalso in ${folder}/last-run.json`);
}

function tellAll(lines: readonly Line[]): void {
  for (const [what, value] of lines) {
    const shown = value.toLocaleString('en', { maximumSignificantDigits: 3 });
    say(`  ${what.padEnd(40)} ${shown.padStart(14)}`);
  }
}
