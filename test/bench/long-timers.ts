/**
 * A year in which hardly anything happens: office hours, a reminder, a silence that ends a conversation,
 * and months of nothing, on Temporal's time-skipping server. Every deadline is a real timer of a real
 * thread, the platform's clock goes with it, and what must not be said in between is looked for.
 */
import { parseScenario } from '../../cli/scenario/parse.js';
import { ScenarioRunner } from '../../cli/scenario/runner.js';
import { findTestServer } from '../../local/setup/test-server.js';
import type { Bench, Findings, Context } from './bench.js';
import { ratio } from './statistics.js';

/** Every scenario begins on a Monday at nine o'clock. */
const written = `
name: a year
settings:
  handOverWords: []
  hours: { timeZone: UTC, week: { mon: '09:00-17:00', tue: '09:00-17:00' } }
  threadInclusionDelay: 400d
  closeWhenSilentFor: 300d
  outsideHours: { do: stayWithBot, say: 'We are back {opens}.' }
  escalation policies:
    customerSilent:
      - { after: 90d, do: tell, say: Are you still there? }
      - { after: 180d, do: close, say: Good night then. }
bot:
  greet: Welcome!
  handOverOn: [human]
  farewell: I am calling a colleague.
steps:
  - customer: hello
  - reply: Welcome!
  - wait: 9h
  - customer: a human please
  - reply: We are back Tuesday 9:00 AM.
  - silent: 89d
  - wait: 2d
  - reply: Are you still there?
  - silent: 88d
  - wait: 2d
  - reply: Good night then.
  - phase: closed
  - silent: 180d
  - wait: 6d
`;

export const longTimers: Bench = {
  name: 'long-timers',
  measures: 'a year of waiting, in skipped time',
  within: 90_000,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const runner = new ScenarioRunner({
    skippingProgram: () => findTestServer(() => undefined),
    developmentProgram: () => Promise.resolve(context.temporalProgram),
    workflowBundle: context.workflowBundle,
  });
  context.atTheEnd(() => runner.close());
  const scenario = await parseScenario('test/bench/long-timers.ts', written);
  const { differences, simulated, real } = await runner.run(scenario);
  const [first] = differences;
  if (first) throw new Error(`not as written: ${JSON.stringify(first)}`);
  return {
    figures: [
      { what: 'simulated', value: simulated / 1_000, unit: 's' },
      { what: 'on the wall', value: real / 1_000, unit: 's', goal: { pass: 30 } },
      {
        what: 'simulated seconds a second',
        value: ratio(simulated, real),
        unit: 'simulated s/s',
        goal: { is: 'atLeast', pass: 1e6 },
      },
    ],
    notes: [],
  };
}
