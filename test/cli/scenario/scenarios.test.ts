/**
 * Every scenario of `test/scenarios/` goes as written. And the runner itself: what it refuses, and that each of its checks can fail.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ScenarioRefused } from '../../../cli/scenario/located.js';
import { parseScenario } from '../../../cli/scenario/parse.js';
import { expectations, steps } from '../../../cli/scenario/steps.js';
import { formatResult } from '../../../cli/scenario/format.js';
import { testServerFolder } from '../../../local/setup/test-server.js';
import { runCommand } from '../../harness/run-command.js';
import { createLanes } from '../../harness/scenario-lanes.js';
import { root } from '../../harness/source-files.js';
import type { ScenarioResult } from '../../../cli/scenario/result.js';

const folder = 'test/scenarios';
const isLongRun = process.env['BATON_LONG_TESTS'] === '1';
/** Three hours in which each call is tried again and again: half a minute of work. */
const long = 'hours-of-failing-calls.yaml';
const files = readdirSync(join(root, folder))
  .filter((file) => isLongRun || file !== long)
  .sort();

const { played, close } = createLanes();
afterAll(close);

function differences(performance: ScenarioResult): readonly string[] {
  return performance.differences.length === 0 ? [] : formatResult(performance).slice(1);
}

function readScenario(file: string): Promise<string> {
  return readFile(join(root, folder, file), 'utf8');
}

describe.concurrent('goes as written', () => {
  it.each(files)('%s', async (file) => {
    const performance = await played(await readScenario(file), `${folder}/${file}`);
    expect(differences(performance)).toEqual([]);
  });
});

describe.concurrent('docs/scenarios.md', () => {
  it('has an example that goes as written', async () => {
    const page = await readFile(join(root, 'docs/scenarios.md'), 'utf8');
    const [, example = ''] = /```yaml\n([^]*?)```/.exec(page) ?? [];
    expect(differences(await played(example))).toEqual([]);
  });

  it('explains every step', async () => {
    const page = await readFile(join(root, 'docs/scenarios.md'), 'utf8');
    expect(Object.keys(steps).filter((name) => !page.includes(`| \`${name}: `))).toEqual([]);
  });
});

describe.concurrent('the checks', () => {
  it('can each fail, and say where, what was expected and what was seen', async () => {
    const performance = await played(`
name: all wrong
bot: { greet: Welcome!, dontKnow: Pardon? }
steps:
  - customer: hello
  - reply: Good evening!
  - reply: /anything/
  - phase: agent
  - categories: [agent, billing]
  - replies: 2
  - attention: true
  - note: /order/
  - thread: same
  - why: /a human has it/
  - unanswered: 2
  - customer: hello?
  - silent: 1m
  - agent: { do: close, who: agent-2 }
  - phase: closed
`);
    const reported = differences(performance);
    expect(reported.slice(0, 12)).toEqual([
      'a.yaml:6  expected reply "Good evening!", saw "Welcome!"',
      'a.yaml:7  expected reply /anything/, saw no reply within 30s',
      'a.yaml:8  expected phase agent, saw phase bot',
      'a.yaml:9  expected categories [agent, billing], saw [bot]',
      'a.yaml:10  expected 2 replies so far, saw 1: "Welcome!"',
      'a.yaml:11  expected attention requested, saw none',
      'a.yaml:12  expected a note to the agent /order/, saw no note',
      'a.yaml:13  expected thread: same, saw a new one',
      expect.stringMatching(
        /^a.yaml:14 {2}expected why \/a human has it\/, saw "The bot waits for/,
      ),
      'a.yaml:15  expected 2 unanswered contents, saw 0',
      expect.stringMatching(/^a.yaml:17 {2}expected no reply for 1m, saw "Pardon\?" after \d s$/),
      expect.stringMatching(
        /^a.yaml:18 {2}expected agent to be possible, saw .*not yours.*; the rest was not played$/,
      ),
    ]);
    expect(reported.join('\n')).toMatch(
      /The conversation was:\n.*customer-1 +hello\n.*bot +Welcome!/,
    );
    const checked = reported.map((line) => /^a.yaml:(\d+)/.exec(line)?.[1]).filter(Boolean);
    expect(checked.length - 2).toBe(Object.keys(expectations).length);
  });
});

describe('a scenario is refused', () => {
  const head = 'name: a\nsteps:\n  - customer: hello\n';
  it.each([
    [
      'an unknown step',
      '  - custommer: hello',
      'a.yaml:4  unknown step "custommer"; expected one of ',
    ],
    ['a wrong value', '  - phase: bott', 'a.yaml:4  phase: expected one of bot, handover, '],
    ['a wrong time', '  - wait: 5', 'a.yaml:4  wait: expected a time such as 30s, 10m, 24h or 3d'],
    [
      'a wrong word inside',
      '  - agent: { do: reply, body: x, woh: y }',
      'a.yaml:4  agent: there is no "woh" here',
    ],
    [
      'a missing word',
      '  - agent: { do: reply }',
      'a.yaml:4  agent: needs a body: the text of the agent',
    ],
    ['no words and no file', "  - customer: ''", 'a.yaml:4  customer: expected a text; '],
    [
      'a wrong language',
      '  - customer: hi\n    language: 3',
      'a.yaml:5  language: expected a language',
    ],
    [
      'a wrong payload',
      "  - customer: hi\n    payload: ''",
      'a.yaml:5  payload: expected a text; ',
    ],
    ['a transfer to nobody', '  - agent: { do: transfer }', 'a.yaml:4  agent: a transfer, and '],
    ['a wrong number', '  - unanswered: none', 'a.yaml:4  unanswered: expected a whole number'],
    ['a wrong reason', '  - attention: [nobody]', 'a.yaml:4  attention: expected true, false or '],
    ['a wrong rate', '  - faults: { html: 2 }', 'a.yaml:4  faults.html: '],
    ['two steps in one', '  - customer: a\n    phase: bot', 'a.yaml:5  there is no "phase" here'],
    ['a broken pattern', '  - reply: /(/', 'a.yaml:4  reply: /(/ is no regular expression'],
    ['an unknown fault', '  - faults: { rain: 1 }', 'a.yaml:4  faults: there is no "rain" here'],
    ['no step at all', '  - 3', 'a.yaml:4  expected a step such as `customer: hello`'],
    ['bad YAML', '  - reply: [', 'a.yaml:'],
    [
      'a long wait in real time',
      '  - restart: temporal\n  - wait: 1h',
      'a.yaml:5  wait: 1h is too long: ',
    ],
    [
      'an unknown setting',
      'settings:\n  burst: { queit: 1s }',
      'a.yaml:5  settings.burst.queit: unknown setting',
    ],
    ['a wrong setting', 'settings: { reopen: perhaps }', 'a.yaml:4  settings.reopen: '],
    [
      'an unknown source',
      'source: fax',
      'a.yaml:4  unknown source; expected one of chat, messages',
    ],
    ['a wrong bot', 'bot: { greets: Hi }', 'a.yaml:4  bot: there is no "greets" here'],
    ['a missing bot', 'bot: { file: nowhere.yaml }', 'a.yaml:4  bot: cannot read nowhere.yaml'],
  ])('for %s, naming the line', async (_what, line, problem) => {
    const refusal: unknown = await parseScenario('a.yaml', `${head}${line}\n`).catch(
      (it: unknown) => it,
    );
    expect(refusal).toBeInstanceOf(ScenarioRefused);
    expect((refusal as ScenarioRefused).message).toContain(problem);
  });

  it('for everything wrong with it at once, in the order of its lines', async () => {
    const text = `${head}  - wait: long\n  - jump: high\nsource: chat\ncolour: red\n`;
    const refusal: unknown = await parseScenario('a.yaml', text).catch((it: unknown) => it);
    expect((refusal as ScenarioRefused).wrong.map(({ line }) => line)).toEqual([4, 5, 7]);
  });
});

describe.concurrent('npm run scenario', () => {
  let here: string;
  beforeAll(async () => {
    here = await mkdtemp(join(tmpdir(), 'baton-scenarios-'));
  });
  afterAll(() => rm(here, { recursive: true, force: true }));

  async function run(texts: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    const folder = await mkdtemp(join(here, 'run-'));
    const paths = texts.map((_, index) => join(folder, `${index}.yaml`));
    await Promise.all(texts.map((text, index) => writeFile(paths[index] ?? '', text)));
    const ran = await runCommand(process.execPath, ['cli/run.mjs', 'cli/scenario/main', ...paths], {
      cwd: root,
      env: { ...env, BATON_WORKFLOW_BUNDLE: inject('workflowBundle') },
    });
    return { ...ran, stdout: ran.stdout.replaceAll(`${folder}/`, '') };
  }
  const right = 'name: right\nbot: { greet: Hi }\nsteps:\n  - customer: hello\n  - reply: Hi\n';

  it('prints each difference with its line, and ends with 1', async () => {
    const { stdout, status } = await run([right, right.replace('- reply: Hi', '- reply: Bye')]);
    expect(stdout).toMatch(/^ok +0.yaml +right \(2 steps, /m);
    expect(stdout).toContain('\n1.yaml:5  expected reply "Bye", saw "Hi"\n');
    expect(stdout).toContain('2 played, 1 differ');
    expect(status).toBe(1);
  });

  it('ends with 0 when all went as written', async () => {
    expect(await run([right])).toMatchObject({ status: 0 });
  });

  it('plays nothing when one file is refused', async () => {
    const { stdout, status } = await run([right, right.replace('customer', 'custommer')]);
    expect(stdout).toMatch(/^1.yaml:4 {2}unknown step "custommer"/);
    expect(stdout).toContain('nothing was run: 1 of 2');
    expect(status).toBe(1);
  });

  it('counts only what was played, and ends with 1 when its server breaks', async () => {
    const cache = join(here, 'cache');
    const folder = join(cache, 'baton', testServerFolder);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'test-server'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const { stdout, stderr, status } = await run([right, right], {
      ...process.env,
      XDG_CACHE_HOME: cache,
    });
    expect(stderr).toMatch(/0.yaml could not be played to its end/);
    expect(stdout).toContain('0 played, 0 differ, 2 not played');
    expect(status).toBe(1);
  });
});
