/**
 * Plays scenarios side by side in three lanes, each with servers of its own: within a lane one after the
 * other. Those in real time, which mostly wait, share the last lane.
 */
import { inject } from 'vitest';
import { parseScenario } from '../../cli/scenario/parse.js';
import { ScenarioRunner } from '../../cli/scenario/runner.js';
// Installs the quiet runtime.
import './temporal.js';
import type { ScenarioResult } from '../../cli/scenario/result.js';

export type Lanes = {
  readonly played: (text: string, path?: string) => Promise<ScenarioResult>;
  readonly close: () => Promise<void>;
};

export function createLanes(): Lanes {
  const lanes = Array.from({ length: 3 }, () => ({
    runner: newRunner(),
    last: Promise.resolve(),
  }));
  let begun = 0;
  return {
    async played(text, path = 'a.yaml') {
      const scenario = await parseScenario(path, text);
      const isSlow = scenario.isRealTime || text.includes('restart:');
      const lane = lanes[isSlow ? 2 : (begun += 1) % 2]!;
      const performance = lane.last.then(() => lane.runner.run(scenario));
      lane.last = performance.then(
        () => undefined,
        () => undefined,
      );
      return performance;
    },
    async close() {
      await Promise.all(lanes.map(({ runner }) => runner.close()));
    },
  };
}

function newRunner(): ScenarioRunner {
  return new ScenarioRunner({
    skippingProgram: () => Promise.resolve(inject('testServerProgram')),
    developmentProgram: () => Promise.resolve(inject('temporalProgram')),
    workflowBundle: { codePath: inject('workflowBundle') },
  });
}
