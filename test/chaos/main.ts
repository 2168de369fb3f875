/**
 * `npm run chaos [-- SLICE …] [--seed=N] [--list]`: injects faults, prints one table, and stores it as
 * `.baton/chaos/last-run.json`. Exit status 1 when a promise was broken, a negative control was not caught, or
 * a slice did not finish.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { thisMachine } from '../bench/machine.js';
import { perform } from '../bench/perform.js';
import { installQuietRuntime } from '../../local/quiet-runtime.js';
import { formatMachine } from '../bench/table.js';
import { findTemporalProgram } from '../../local/setup/temporal-server.js';
import { build } from '../../worker/bundle.js';
import { shortfalls, type Slice } from './slice.js';
import { slices } from './slices.js';
import { formatSlices, type Ended } from './table.js';

const folder = '.baton/chaos';
const resultsPath = `${folder}/last-run.json`;
const say = (line: string) => console.log(line);

process.exit(await main());

async function main(): Promise<number> {
  const asked = ask();
  if (!asked || asked.isList) {
    say('npm run chaos [-- SLICE …] [--seed=N] [--list]; these are there:');
    for (const { name, shows } of slices) say(`  ${name.padEnd(12)}  ${shows}`);
    return asked ? 0 : 1;
  }
  const machine = thisMachine();
  say(formatMachine(machine, asked.seed));
  const ended: Ended[] = [];
  for await (const one of performAll(asked.wanted, asked.seed)) {
    ended.push(one);
    const at = new Date().toISOString();
    const kept = { at, machine, seed: asked.seed, slices: ended };
    mkdirSync(folder, { recursive: true });
    writeFileSync(resultsPath, `${JSON.stringify(kept, null, 2)}\n`);
  }
  say('');
  for (const line of formatSlices(ended)) say(line);
  say(`\nalso in ${resultsPath}`);
  return ended.every(isGood) ? 0 : 1;
}

type Asked = { readonly wanted: readonly Slice[]; readonly seed: number; readonly isList: boolean };

/** `undefined` when the arguments are wrong. */
function ask(): Asked | undefined {
  const options = { seed: { type: 'string', default: '1' }, list: { type: 'boolean' } } as const;
  try {
    const { values, positionals: names } = parseArgs({ options, allowPositionals: true });
    const isKnown = names.every((name) => slices.some((one) => one.name === name));
    if (!isKnown || !/^\d{1,9}$/.test(values.seed)) return undefined;
    const wanted = slices.filter(({ name }) => names.length === 0 || names.includes(name));
    return { wanted, seed: Number(values.seed), isList: values.list ?? false };
  } catch {
    return undefined;
  }
}

async function* performAll(wanted: readonly Slice[], seed: number): AsyncGenerator<Ended> {
  installQuietRuntime();
  const temporalProgram = await findTemporalProgram(() => undefined);
  const workflowBundle = { codePath: await build(`${folder}/workflow-bundle.js`) };
  for (const slice of wanted) {
    say(`${slice.name}: ${slice.shows} …`);
    const played = await perform(slice, { temporalProgram, workflowBundle, seed, say });
    yield { ...played, shows: slice.shows };
  }
}

function isGood({ findings }: Ended): boolean {
  return findings !== undefined && shortfalls(findings).length === 0;
}
