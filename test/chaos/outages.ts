/**
 * The platform refuses or fails for minutes or an hour, while two dozen customers write: in skipped time, on the
 * time-skipping server. When all is well again, each customer must be answered, or be with humans on the platform too.
 * The negative control gives up after two minutes.
 */
import { parseScenario } from '../../cli/scenario/parse.js';
import { openSession, type Session as Played } from '../../cli/scenario/session.js';
import { findTestServer } from '../../local/setup/test-server.js';
import { startSkippingServer } from '../../local/time-skipping-server.js';
import type { FaultSettings } from '../../simulator/faults.js';
import type { ExpectedTurn } from '../harness/outcome/count.js';
import { readOutcome } from '../harness/outcome/outcome.js';
import { replies } from './config.js';
import { countedIn } from './results.js';
import { rateCell, type Cell, type Slice, type Context } from './slice.js';

type Outage = {
  readonly what: string;
  readonly faults: FaultSettings;
  /** Milliseconds. */
  readonly lasts: number;
  /** Makes it a negative control. */
  readonly giveUpAfter?: string;
};

const minute = 60_000;
const customers = 24;
const outages: readonly Outage[] = [
  { what: 'token refused for 10 minutes', faults: { '401': 1 }, lasts: 10 * minute },
  { what: 'maintenance page for 10 minutes', faults: { html: 1 }, lasts: 10 * minute },
  { what: 'answers truncated for 10 minutes', faults: { truncated: 1 }, lasts: 10 * minute },
  { what: '5xx for an hour', faults: { '5xx': 1 }, lasts: 60 * minute },
  {
    what: 'negative control: gives up after 2 minutes of 5xx',
    ...{ faults: { '5xx': 1 }, lasts: 60 * minute, giveUpAfter: '2m' },
  },
];
/** Three times the longest pause between two tries: `workflows/thread/transitions/retries.ts`. */
const untilAnswered = 15 * minute;

export const outage: Slice = {
  name: 'outage',
  shows:
    'the platform refuses, is under maintenance or fails, up to an hour, while customers write',
  within: 400_000,
  run: async (context) => {
    const cells: Cell[] = [];
    for (const one of outages) {
      const cell = await playOutage(context, one);
      context.say?.(`  ${cell.what}: ${rateCell(cell)}`);
      cells.push(cell);
    }
    return { cells, atLeast: { turns: 3 * customers }, notes: ['in skipped time'] };
  },
};

export async function playOutage(
  context: Context,
  { what, faults, lasts, giveUpAfter }: Outage,
  size = customers,
): Promise<Cell> {
  const server = await startSkippingServer(await findTestServer(() => undefined));
  context.atTheEnd(() => server.stop());
  const scenario = await parseScenario(what, written(giveUpAfter));
  const { workflowBundle } = context;
  const played = await openSession({ scenario, server, workflowBundle });
  const turns = await customersWrite(played, size, 'before', replies.parcel);
  await played.time.pass(minute, () => Promise.resolve(false));

  await played.baton.control.faults(faults);
  const human = Math.ceil(size / 3);
  turns.push(...(await customersWrite(played, human, 'before', replies.human)));
  turns.push(...(await customersWrite(played, size, 'new', replies.parcel)));
  await played.time.pass(lasts, () => Promise.resolve(false));
  await played.baton.control.faults({});
  await played.time.pass(untilAnswered, () => Promise.resolve(false));

  const handedOver = turns.filter(({ body }) => body === replies.human);
  const asked = new Set(handedOver.map(({ threadId }) => threadId));
  const threads = new Set(turns.map(({ threadId }) => threadId));
  const counts = await readOutcome(
    { account: played.account, workflows: server.workflows, threads },
    {
      turns,
      handedOver: [...asked],
      withBot: [...threads].filter((id) => !asked.has(id)),
      farewell: replies.human,
      humanPhases: ['handover'],
    },
  );
  await played.close();
  const control = giveUpAfter === undefined ? {} : { negativeControl: 'unanswered' as const };
  return { what, struck: 1, ...countedIn(counts), ...control };
}

async function customersWrite(
  { baton, sourceId, watch }: Played,
  size: number,
  names: string,
  reply: string,
): Promise<ExpectedTurn[]> {
  const body = reply === replies.human ? 'a human please' : 'where is my parcel?';
  const writing = Array.from({ length: size }, async (_, at): Promise<ExpectedTurn> => {
    const content = { source: sourceId, identity: `${names}-${at}`, body };
    const { thread_id: threadId, content_id: contentId } = await baton.control.customer(content);
    watch.add(threadId);
    return { threadId, contentId, replies: 1, body: reply };
  });
  return Promise.all(writing);
}

/** The head of a scenario; what is done here is more than its steps can say. */
function written(giveUpAfter = '24h'): string {
  return `
name: an outage
settings: { giveUpAfter: ${giveUpAfter}, handOverWords: [] }
bot:
  answers: [{ when: [parcel], say: ${replies.parcel} }]
  handOverOn: [human]
  farewell: ${replies.human}
steps: [{ wait: 1s }]
`;
}
