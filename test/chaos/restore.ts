/**
 * Backup and restore: both of Temporal's databases are copied at one moment while customers write. They go on
 * writing; then every process is killed, and new ones are started on the copy.
 *
 * Temporal knows nothing of what came after the copy; the reconciler reads it from the platform. Counted are
 * the contents since the copy that no thread has received again, the replies that were sent twice, and the
 * threads in which the bot writes although a human has taken over since.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { script } from '../bench/business.js';
import { inBatches, until } from '../harness/until.js';
import { Customer } from '../cluster/customers.js';
import { eventsIn, historyOf, phaseOf } from '../harness/outcome/histories.js';
import { openPostgres } from '../harness/postgres.js';
import {
  connectForAssertions,
  openProduction,
  roleOn,
  untilSettled,
  type Production,
} from '../cluster/production.js';
import { startIngress, startWorker } from '../harness/roles.js';
import { openTemporal } from '../cluster/temporal.js';
import { repeated } from '../harness/outcome/count.js';
import { webhookId } from '../../simulator/seed.js';
import type { Cell, Findings, Slice, Context } from './slice.js';

/** Customers who write to the bot throughout, ask for a human before or after the copy, or come after it. */
const counts = { talkers: 50, handedOver: 20, handedOverLater: 15, newcomers: 15 };

export const restore: Slice = {
  name: 'restore',
  shows: 'both databases restored from a backup while 100 threads are open',
  within: 9 * 60_000,
  run: measure,
};

type Groups = {
  readonly talkers: readonly Customer[];
  readonly handedOver: readonly Customer[];
  readonly handedOverLater: readonly Customer[];
  readonly newcomers: readonly Customer[];
};

async function measure(context: Context): Promise<Findings> {
  const before = await openProduction(context, { ingresses: 1, workers: 1 });
  const { platform } = before;
  const groups = customersOf(before);
  const old = [...groups.talkers, ...groups.handedOver, ...groups.handedOverLater];
  await inBatches(old, 25, (one) => one.asks());
  await inBatches(groups.handedOver, 25, (one) => one.asksForAHuman());

  const copy = join(before.cluster.folder, 'copy');
  const talking = Promise.all(groups.talkers.map((one) => one.asks()));
  await before.cluster.postgres.backUp(copy);
  const copied = Object.keys(platform.account.contents).length;
  await talking;
  await inBatches(groups.talkers, 25, (one) => one.asks());
  await inBatches(groups.handedOverLater, 25, (one) => one.asksForAHuman());
  await inBatches(groups.newcomers, 25, (one) => one.asks());
  await untilSettled(platform, 30_000);
  const said = Object.keys(platform.account.contents).slice(copied);

  const after = await startedAnew(context, before, copy);
  return judged(after, groups, said);
}

function customersOf({ platform }: Production): Groups {
  const some = (name: string, count: number) =>
    Array.from({ length: count }, (_, at) => new Customer(platform, `${name}-${at}`));
  return {
    talkers: some('talker', counts.talkers),
    handedOver: some('handed-over', counts.handedOver),
    handedOverLater: some('handed-over-later', counts.handedOverLater),
    newcomers: some('newcomer', counts.newcomers),
  };
}

/** Kills every process; starts new servers on the copy, and new roles. */
async function startedAnew(
  context: Context,
  before: Production,
  copy: string,
): Promise<Production> {
  const { cluster, workers, ingresses, platform } = before;
  const { postgres, temporal, tools } = cluster;
  const all = [...workers, ...ingresses, temporal.program, postgres.program];
  await Promise.all(all.map((program) => program.kill()));
  const folder = join(cluster.folder, 'anew');
  await mkdir(folder);
  const database = await openPostgres(context, { programs: tools.postgres, folder, data: copy });
  const server = await openTemporal(context, { tools, folder, postgresPort: database.port });
  const anew = { ...cluster, folder, postgres: database, temporal: server };
  const ingress = await startIngress(context, roleOn(anew, 'ingress'));
  const webhook = platform.account.webhooks[webhookId];
  if (webhook) webhook.url = `http://${ingress.address}/webhooks/engage`;
  const worker = await startWorker(context, {
    ...roleOn(anew, 'worker'),
    engageUrl: platform.url,
    workflowBundle: context.workflowBundle.codePath,
  });
  return {
    platform,
    cluster: anew,
    workers: [worker],
    ingresses: [ingress.program],
    workflows: await connectForAssertions(context, server.address),
  };
}

/** @param said ids of the contents since the copy */
async function judged(
  after: Production,
  groups: Groups,
  said: readonly string[],
): Promise<Findings> {
  const { platform } = after;
  const everybody = Object.values(groups).flat();
  const lost = () => unknownOf(after, everybody, said);
  // Usually seconds, sometimes minutes; the cause is not known.
  const timeout = { within: 300_000, every: 2_000 };
  const backfilled = async () => ((await lost()).length === 0 ? true : undefined);
  await until('what came after the copy', backfilled, timeout).catch(() => undefined);
  await untilSettled(platform, 30_000);
  const missing = await lost();

  const withBot = [...groups.talkers, ...groups.newcomers];
  const answered = await Promise.all(withBot.map((one) => one.asks(60_000)));
  const withHumans = [...groups.handedOver, ...groups.handedOverLater];
  await inBatches(withHumans, 20, (one) => one.writes('are you there?'));
  await untilSettled(platform, 30_000);
  const talkedOver = await talkedOverIn(after, withHumans);
  const replies = Object.values(platform.account.contents).filter(({ by }) =>
    by.startsWith('bot:'),
  );
  const cell: Cell = {
    what: 'restored from a base backup',
    struck: 1,
    turns: everybody.reduce((sum, { turns }) => sum + turns.length, 0),
    acknowledged: said.length,
    lost: missing.length,
    unanswered: answered.filter((isAnswered) => !isAnswered).length,
    twice: repeated(replies),
    halfOpen: talkedOver.length,
    ambiguous: 0,
  };
  return { cells: [cell], notes: notesOf(said, missing, talkedOver) };
}

/** Contents since the copy that no thread has received again. */
async function unknownOf(
  { workflows }: Production,
  customers: readonly Customer[],
  said: readonly string[],
): Promise<readonly string[]> {
  const known = new Set<string>();
  await inBatches(customers, 20, async ({ threadId }) => {
    const history = await historyOf(workflows, threadId).catch(() => []);
    for (const event of eventsIn(history)) if ('content' in event) known.add(event.content.id);
  });
  return said.filter((id) => !known.has(id));
}

/** Threads of humans in which the bot has written more than its farewell, or whose phase lets it write. */
async function talkedOverIn(
  { platform, workflows }: Production,
  customers: readonly Customer[],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  await inBatches(customers, 20, async ({ threadId, turns }) => {
    const phase = await phaseOf(workflows, threadId);
    const last = turns.at(-1);
    const isSilent = last === undefined || platform.repliesTo(last.contentId).length === 0;
    const farewells = Object.values(platform.account.contents).filter(
      ({ thread_id: thread, body }) => thread === threadId && body === script.farewell,
    );
    const isTheirs = phase === 'handover' || phase === 'agent';
    if (!isSilent || !isTheirs || farewells.length !== 1) wrong.push(threadId);
  });
  return wrong;
}

function notesOf(
  said: readonly string[],
  missing: readonly string[],
  talkedOver: readonly string[],
): readonly string[] {
  return [
    `${said.length} contents since the copy, the bot’s own among them; known again ${said.length - missing.length}`,
    ...(missing.length > 0 ? [`not known again: ${missing.slice(0, 5).join(', ')} …`] : []),
    ...(talkedOver.length > 0 ? [`not the human’s: ${talkedOver.slice(0, 5).join(', ')} …`] : []),
    'acknowledged: contents since the copy; half open: a human’s thread in which the bot talks',
  ];
}
