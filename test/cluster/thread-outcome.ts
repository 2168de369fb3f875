/**
 * How the customers of a run fared, by the platform's record and by Temporal's histories. A signal that
 * comes while its thread takes a step is in Temporal's database, and in the history a little later: what
 * a history lacks is looked for again before it counts as lost.
 */
import { script } from '../bench/business.js';
import { inBatches } from '../bench/until.js';
import type { State } from '../../simulator/state.js';
import type { ThreadCard } from '../../workflows/contract/index.js';
import type { Customer } from './customers.js';
import type { Told } from './acknowledged.js';
import { cardWhenStill, toldTo } from './histories.js';
import type { Production } from './production.js';
import { count, type Counts } from './outcome.js';

type Options = {
  /** Deliveries before this one are of another time. */
  readonly fromAttempt?: number;
  /** So long what is missing is looked for, in milliseconds. */
  readonly timeout?: number;
};

const pause = 2_000;

export async function fared(
  { platform, workflows }: Pick<Production, 'platform' | 'workflows'>,
  customers: readonly Customer[],
  { fromAttempt = 0, timeout: waitLimit = 60_000 }: Options = {},
): Promise<Counts> {
  const threads = customers.map(({ threadId }) => threadId);
  const cards = new Map<string, ThreadCard>();
  await inBatches(threads, 20, async (id) => {
    const card = await cardWhenStill(workflows, id);
    if (card) cards.set(id, card);
  });
  const heard = new Map<string, Told>();
  const read = async (id: string) => heard.set(id, await toldTo(workflows, id));
  const asked = customers.filter(({ hasAskedForAHuman }) => hasAskedForAHuman);
  const told = {
    account: accountOf(platform.account, new Set(threads), fromAttempt),
    turns: customers.flatMap(({ turns }) => turns),
    handedOver: asked.map(({ threadId }) => threadId),
    ...{ heard, cards, farewell: script.farewell },
  };
  await inBatches(threads, 20, read);
  const end = performance.now() + waitLimit;
  for (;;) {
    const counts = count(told);
    if (counts.lost === 0 || performance.now() > end) return counts;
    await new Promise((resolve) => setTimeout(resolve, pause));
    await inBatches([...new Set(counts.lostEvents.map(({ thread }) => thread))], 20, read);
  }
}

/** What concerns these threads, since then. */
function accountOf(all: State, theirs: ReadonlySet<string>, fromAttempt: number) {
  const isTheirs = ({ thread_id: id }: { readonly thread_id: string | null }) =>
    id !== null && theirs.has(id);
  const contents = Object.entries(all.contents).filter(([, content]) => isTheirs(content));
  const attempts = all.attempts
    .slice(fromAttempt)
    .map((one) => ({ ...one, events: one.events.filter(isTheirs) }));
  return { contents: Object.fromEntries(contents), threads: all.threads, attempts };
}
