/** Formats results: one line per difference, followed by the whole conversation. */
import ms from 'ms';
import type { ThreadRecord } from '../../simulator/control-client.js';
import type { ScenarioResult } from './result.js';

export function formatResult(performance: ScenarioResult): readonly string[] {
  const { scenario, differences, conversation, simulated, real } = performance;
  const { path, name, steps } = scenario;
  const took = `${steps.length} steps, ${ms(Math.round(simulated))} in ${ms(real)}`;
  if (differences.length === 0) return [`ok      ${path}  ${name} (${took})`];
  return [
    `DIFFERS ${path}  ${name} (${took})`,
    ...differences.map(
      ({ line, expected, seen }) => `${path}:${line}  expected ${expected}, saw ${seen}`,
    ),
    '  The conversation was:',
    ...conversation.map((said) => `  ${said}`),
  ];
}

/** One line of JSON per scenario, for programs. */
export function asJson({ scenario, differences, simulated, real }: ScenarioResult): string {
  const { path, name } = scenario;
  return JSON.stringify({ path, name, differences, simulated, real });
}

const width = 60;

/** Formats as `  12s  bot       Welcome!` */
export function formatConversation({ contents }: ThreadRecord, beganAt: number): readonly string[] {
  return contents.map(({ at, by, body }) => {
    const after = ms(Math.max(Math.round((Date.parse(at) - beganAt) / 1_000), 0) * 1_000);
    const said = body.length > width ? `${body.slice(0, width)}…` : body;
    return `${after.padStart(5)}  ${speaker(by).padEnd(12)}  ${said}`;
  });
}

/** The name in `agent:agent-1`, the role in `customer:…`. */
function speaker(by: string): string {
  const [part = '', name = ''] = by.split(':');
  if (part === 'native') return 'agent (app)';
  return part === 'customer' ? name : part === 'agent' ? name : part;
}
