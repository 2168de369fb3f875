/**
 * A customer writes 60 MB while no worker runs: more than Temporal lets a run hold. What was acknowledged must be
 * received, and the last content answered, when workers come. The negative control is an ingress that signals a run
 * whatever its size.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { openStackOf } from '../harness/stack.js';
import { readOutcome } from '../harness/outcome/outcome.js';
import { replies } from './config.js';
import { countedIn } from './results.js';
import { rateCell, type Cell, type Slice, type Context } from './slice.js';
import { openIngress, openWorker } from './slots.js';
import { openServer } from './stack.js';

const careless = 'test/chaos/negative-controls/careless-ingress.ts';
/** 60 KB: as many Japanese characters as a content of the platform may have. */
const body = '荷物はどこですか。'.repeat(2_200);
const contents = 1_000;
const writtenAtOnce = 20;
const timeScale = 20;
/** Milliseconds. */
const answeredWithin = 180_000;

export const backlog: Slice = {
  name: 'backlog',
  shows: '60 MB of contents for one thread while no worker runs',
  within: 580_000,
  run: async (context) => {
    const cells: Cell[] = [];
    for (const script of ['api/main.ts', careless]) {
      const cell = await playBacklog(context, script);
      context.say?.(`  ${cell.what}: ${rateCell(cell)}`);
      cells.push(cell);
    }
    return { cells, atLeast: { turns: 1 }, notes: ['struck: deliveries refused with 503'] };
  },
};

async function playBacklog(context: Context, script: string): Promise<Cell> {
  const server = await openServer(context);
  const temporal = server.address;
  const { platform } = await openStackOf(context, {
    ingresses: [0, 1].map(() => () => openIngress(context, { temporal, script })),
    workers: [],
    platform: { timeScale },
  });
  const { account, control } = platform;
  const refused = () => account.attempts.filter(({ status }) => status === 503).length;
  const write = (text: string) =>
    control.customer({ source: 'chat', identity: 'writer', body: text });
  const first = await write(body);
  for (let at = 0; at < contents && refused() === 0; at += writtenAtOnce) {
    await Promise.all(Array.from({ length: writtenAtOnce }, () => write(body)));
    while (isDelivering(account) && refused() === 0) await pause(20);
  }
  const before = refused();
  const { host } = new URL(platform.url);
  await openWorker(context, { temporal, platform: host, script: 'worker/main.ts' });
  const last = await write('where is my parcel?');
  await platform.untilReplies(last.content_id, 1, answeredWithin);
  while (isDelivering(account)) await pause(100);

  const threadId = first.thread_id;
  const turns = [{ threadId, contentId: last.content_id, replies: 1, body: replies.parcel }];
  const run = { account, workflows: server.workflows, threads: new Set([threadId]) };
  const farewell = replies.human;
  const counts = await readOutcome(run, { turns, handedOver: [], farewell }, { lookFor: 20_000 });
  const cell = { struck: before, ...countedIn(counts), details: [] };
  if (script !== careless) return { what: 'two ingresses, then a worker', ...cell };
  return {
    what: 'negative control: ingresses that signal any run',
    ...cell,
    negativeControl: 'lost',
  };
}

function isDelivering({ deliveries }: { readonly deliveries: readonly unknown[] }): boolean {
  return deliveries.length > 0;
}
