/**
 * One command to many threads, after an incident: found by phase, source, reason, attention or next speaker. Without `--yes`
 * it only counts. Threads follow one another at a limited rate; a refusal of one does not stop the others.
 */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { ThreadLine, ThreadList, ThreadView } from '../api/operator/answers.js';
import type { Ingress } from './ingress.js';
import { describeOutcomes, oneByOne, readPace, type Outcome } from './one-by-one.js';
import { print } from './print.js';
import { formatThreadPath } from './threads.js';

export type Filter = {
  readonly phase?: string;
  readonly source?: string;
  readonly reason?: string;
  readonly attention?: boolean;
  readonly next?: string;
};
export type Many = Filter & {
  readonly yes?: boolean;
  readonly perMinute: string;
  readonly json?: boolean;
};

const pageSize = '200';

export function addFilter(command: Command): Command {
  return command
    .option('--phase <phase>', 'all threads in this phase, instead of one thread')
    .option('--source <name>', '… of this source')
    .option('--reason <word>', '… with this reason, such as categoryChanged')
    .option('--attention', '… that need attention')
    .option('--next <who>', '… in which bot, human, customer or operator must speak next')
    .option('--yes', 'to many threads: do it; without it they are only counted')
    .option('--per-minute <n>', 'to many threads: at most so many a minute', '60');
}

/** True if the command says which threads it is for. */
export function isFiltered({ phase, source, reason, attention, next }: Filter): boolean {
  return [phase, source, reason, attention, next].some((one) => one !== undefined);
}

type Report = { readonly found: number; readonly outcomes: readonly Outcome[] };

export async function steerMany(
  ingress: Ingress,
  name: string,
  body: { readonly why: string; readonly for?: string },
  many: Many,
): Promise<void> {
  const pace = readPace(many.perMinute);
  const threads = await findAll(ingress, many);
  if (!many.yes) {
    const report: Report = { found: threads.length, outcomes: [] };
    print(many.json, report, () => `${threads.length} threads; with --yes: ${name}`);
    return;
  }
  const ids = threads.map(({ id }) => id);
  const outcomes = await oneByOne(ids, pace, (id) => steerOne(ingress, name, id, body));
  print(many.json, { found: threads.length, outcomes }, () => describeOutcomes(outcomes));
  if (outcomes.some(({ refused }) => refused !== undefined)) process.exitCode = 1;
}

async function findAll(ingress: Ingress, filter: Filter): Promise<readonly ThreadLine[]> {
  const { phase, source, reason, attention, next } = filter;
  const query = { phase, source, reason, next, ...(attention && { attention: 'true' }) };
  const found: ThreadLine[] = [];
  let page: string | undefined;
  do {
    const list = await ingress.get<ThreadList>('/operator/threads', {
      ...{ ...query, size: pageSize },
      page,
    });
    found.push(...list.threads);
    page = list.next ?? undefined;
  } while (page !== undefined);
  return found;
}

/** Sends the command to one thread, once. @throws CliError when it is refused */
export async function steerOne(
  ingress: Ingress,
  name: string,
  id: string,
  body: object,
): Promise<ThreadView> {
  const key = { 'idempotency-key': randomUUID() };
  const path = `${formatThreadPath(id)}/${name}`;
  return (await ingress.post<{ thread: ThreadView }>(path, body, key)).thread;
}
