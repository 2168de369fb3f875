/**
 * `GET /operator/bots` and `GET /operator/sources`: the bots of each source, and their state at each
 * worker.
 */
import type { BotsView } from './answers.js';
import type { OperatorContext } from './authorise.js';
import { mayUse } from './principal.js';
import type { Names } from './scope.js';
import type { WorkersReader } from './worker-metrics.js';

export type BotServices = {
  readonly names: Names;
  /** By bot: the fallback that takes its turns while its breaker is open. */
  readonly fallbacks: Readonly<Record<string, string | undefined>>;
  readonly workers: WorkersReader;
  /** Whether workers are configured. */
  readonly areWorkersKnown: boolean;
};

export function createShowBots({ names, fallbacks, workers, areWorkersKnown }: BotServices) {
  return async function showBots(c: OperatorContext): Promise<Response> {
    const theirs = sourcesOf(c, names);
    const readings = await workers.read();
    const bots = names.bots.map((name) => ({
      name,
      sources: theirs
        .filter(({ bot, others }) => bot === name || others.includes(name))
        .map((source) => source.name),
      fallback: fallbacks[name] ?? null,
      workers: readings.flatMap(({ worker, bots: known }) => {
        const status = known[name];
        return status ? [{ worker, ...status }] : [];
      }),
    }));
    const isTheirs = c.get('principal').sources === 'all';
    const view: BotsView = {
      bots: bots.filter(({ sources }) => isTheirs || sources.length > 0),
      workers: areWorkersKnown
        ? readings.map(({ worker, isReachable }) => ({ worker, isReachable }))
        : null,
    };
    return c.json(view);
  };
}

export function createShowSources({ names }: Pick<BotServices, 'names'>) {
  return function showSources(c: OperatorContext): Response {
    return c.json({ sources: sourcesOf(c, names) });
  };
}

function sourcesOf(c: OperatorContext, { sources }: Names): Names['sources'] {
  return sources.filter(({ name }) => mayUse(c.get('principal'), name));
}
