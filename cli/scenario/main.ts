/** `npm run scenario -- FILE.yaml …`: runs written conversations and reports differences. */
import { readFile } from 'node:fs/promises';
import { findTemporalProgram } from '../../local/setup/temporal-server.js';
import { findTestServer } from '../../local/setup/test-server.js';
import { findWorkflowBundle } from '../../local/setup/workflow-bundle.js';
import { SettingsError } from '../../settings/settings-error.js';
import { help } from './help.js';
import { ScenarioRefused } from './located.js';
import { parseScenario, type Scenario } from './parse.js';
import { installQuietRuntime } from '../../local/quiet-runtime.js';
import { asJson, formatResult } from './format.js';
import { ScenarioRunner } from './runner.js';

process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  const isJson = args.includes('--json');
  const others = args.filter((arg) => arg !== '--json');
  const paths = others.filter((arg) => !arg.startsWith('-'));
  if (paths.length !== others.length || paths.length === 0) {
    console.log(help);
    return args.includes('--help') || args.includes('-h') ? 0 : 1;
  }
  const scenarios: Scenario[] = [];
  for (const path of paths) {
    const scenario = await read(path);
    if (scenario) scenarios.push(scenario);
  }
  const refused = paths.length - scenarios.length;
  if (refused > 0) {
    console.log(`nothing was run: ${refused} of ${paths.length} files are invalid, see above`);
    return 1;
  }
  return perform(scenarios, isJson);
}

async function read(path: string): Promise<Scenario | undefined> {
  try {
    return await parseScenario(path, await readFile(path, 'utf8'));
  } catch (error) {
    const isPlain = error instanceof ScenarioRefused || error instanceof SettingsError;
    const { code, message } = error as NodeJS.ErrnoException;
    if (!isPlain && code === undefined) throw error;
    console.log(isPlain ? message : `${path}: cannot be read (${code ?? ''})`);
    return undefined;
  }
}

async function perform(scenarios: readonly Scenario[], isJson: boolean): Promise<number> {
  installQuietRuntime();
  const quiet = () => undefined;
  const runner = new ScenarioRunner({
    skippingProgram: () => findTestServer(quiet),
    developmentProgram: () => findTemporalProgram(quiet),
    workflowBundle: {
      codePath: process.env['BATON_WORKFLOW_BUNDLE'] ?? (await findWorkflowBundle()),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void runner.close().finally(() => process.exit(1)));
  }
  let played = 0;
  let different = 0;
  try {
    for (const scenario of scenarios) {
      const performance = await runner.run(scenario);
      played += 1;
      console.log(isJson ? asJson(performance) : formatResult(performance).join('\n'));
      if (performance.differences.length > 0) different += 1;
    }
  } catch (error) {
    // Baton or this machine failed: further results would not be reliable.
    console.error(`${scenarios[played]?.path ?? ''} could not be played to its end:`, error);
  }
  await runner.close();
  const unplayed = scenarios.length - played;
  const rest = unplayed > 0 ? `, ${unplayed} not played` : '';
  if (!isJson) console.log(`${played} played, ${different} differ${rest}`);
  return different > 0 || unplayed > 0 ? 1 : 0;
}
