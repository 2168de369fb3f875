/**
 * `baton repair`: finds broken threads: stuck, because their workflow task fails, or with an ended run. Without
 * `--yes` it only lists them. With it they are rebuilt from the platform's own record, one after the other at a
 * limited rate; a refusal of one does not stop the others.
 */
import type { Command } from 'commander';
import type { BrokenList } from '../api/operator/answers.js';
import { CliError } from './cli-error.js';
import { Ingress } from './ingress.js';
import { describeOutcomes, oneByOne, readPace } from './one-by-one.js';
import { columns, print } from './print.js';
import { formatThreadPath } from './threads.js';

type Options = {
  readonly source?: string;
  readonly why?: string;
  readonly yes?: boolean;
  readonly perMinute: string;
  readonly json?: boolean;
};

type Broken = BrokenList['threads'][number];

export function addRepair(program: Command): void {
  program
    .command('repair')
    .description('broken threads: list them, or rebuild them')
    .option('--source <name>', 'of one source')
    .option('--yes', 'rebuild them; without it they are only listed')
    .option('--why <reason>', 'with --yes: for the log')
    .option('--per-minute <n>', 'at most so many a minute', '60')
    .option('--json', 'for programs')
    .action(repair);
}

async function repair({ source, why, yes, perMinute, json }: Options): Promise<void> {
  const pace = readPace(perMinute);
  if (yes && why === undefined) throw new CliError('repair: --yes needs --why');
  const ingress = new Ingress();
  const { threads, lookedAt } = await findBroken(ingress, source);
  if (!yes) {
    print(json, { lookedAt, threads }, () => listed(threads, lookedAt));
    return;
  }
  const ids = threads.map(({ id }) => id);
  const outcomes = await oneByOne(ids, pace, (id) =>
    ingress.post(`${formatThreadPath(id)}/repair`, { why }),
  );
  print(json, { lookedAt, outcomes }, () => describeOutcomes(outcomes));
  if (outcomes.some(({ refused }) => refused !== undefined)) process.exitCode = 1;
}

async function findBroken(ingress: Ingress, source: string | undefined) {
  const threads: Broken[] = [];
  let lookedAt = 0;
  for (const kind of ['ended', 'stuck']) {
    let page: string | undefined;
    do {
      const list = await ingress.get<BrokenList>('/operator/broken', { of: kind, source, page });
      threads.push(...list.threads);
      lookedAt += list.lookedAt;
      page = list.next ?? undefined;
    } while (page !== undefined);
  }
  return { threads, lookedAt };
}

function listed(threads: readonly Broken[], lookedAt: number): string {
  const rows = threads.map(({ id, source, is, since, cause, attempts }) => {
    const why = is === 'stuck' ? `${cause ?? 'unknown'}, ${attempts ?? 0} attempts` : '';
    return [id, source ?? '', since ?? '', is, why];
  });
  const sum = `${threads.length} of ${lookedAt} threads are broken`;
  return threads.length === 0
    ? sum
    : `${columns(rows)}\n${sum}; with --yes --why REASON they are rebuilt`;
}
