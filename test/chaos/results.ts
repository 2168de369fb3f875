/**
 * What came of it, by the platform's own record and by Temporal's histories, never by what our processes say
 * of themselves; only what a thread counts as ambiguous is taken from its card.
 */
import { inBatches, until } from '../bench/until.js';
import { categories, domainId } from '../../simulator/seed.js';
import type { ThreadRecord } from '../../simulator/control-client.js';
import {
  describeQuery,
  threadWorkflowId,
  type ThreadCard,
} from '../../workflows/contract/index.js';
import { acknowledgedIn, type Delivery } from '../cluster/acknowledged.js';
import { lostOf } from '../cluster/histories.js';
import { replies } from './config.js';
import type { LoadGenerator, Turn } from './load-generator.js';
import type { Stack } from './stack.js';
import type { Cell } from './slice.js';

type Counted = Pick<
  Cell,
  'turns' | 'acknowledged' | 'lost' | 'unanswered' | 'twice' | 'halfOpen' | 'ambiguous' | 'details'
>;

type Of<T> = T & { readonly thread_id: string };

/** As the endpoint answers for all threads: everything says which it belongs to. */
type WholeRecord = {
  readonly contents: readonly Of<ThreadRecord['contents'][number]>[];
  readonly categories: readonly Of<ThreadRecord['categories'][number]>[];
  readonly deliveries: readonly Delivery[];
};

/** Taken when all threads are still: outboxes are empty, no activity runs. */
export async function resultsOf(stack: Stack, load: LoadGenerator): Promise<Counted> {
  const cards = await untilStill(stack, load.threads);
  const record = (await stack.control.record()) as unknown as WholeRecord;
  const acknowledged = acknowledgedIn(record.deliveries).filter(({ thread }) =>
    load.threads.has(thread),
  );
  const lost = await lostOf(stack.server.workflows, acknowledged);
  const said = repliesIn(record, load.threads);
  const unanswered = load.turns.filter((turn) => !said.has(keyOf(turn.content, turn.wants)));
  const twice = [...said.values()].reduce((sum, times) => sum + times - 1, 0);
  return {
    turns: load.turns.length,
    acknowledged: acknowledged.length,
    lost: lost.length,
    unanswered: unanswered.length,
    twice,
    halfOpen: [...cards].filter(([id, card]) => isHalfOpen(id, card, { record, said, load }))
      .length,
    details: lost.map(({ id, type, thread }) => `lost: ${type} ${id} of thread ${thread}`),
    ambiguous: [...cards.values()].reduce((sum, { counts }) => sum + counts.ambiguousReplies, 0),
  };
}

async function untilStill(
  { server }: Stack,
  threads: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ThreadCard>> {
  const cards = new Map<string, ThreadCard>();
  await inBatches([...threads], 10, async (id) => {
    const handle = server.workflows.getHandle(threadWorkflowId(domainId, id));
    const card = await until(
      'a thread that is still',
      async () => {
        const now = await handle.query(describeQuery).catch(() => undefined);
        const isStill = now && now.doing === undefined && now.outbox.length === 0;
        return isStill && now.waitingContents === 0 ? now : undefined;
      },
      { every: 250 },
    );
    cards.set(id, card);
  });
  return cards;
}

const keyOf = (content: string, body: string) => `${content} ${body}`;

/** How often which words were said to which content. */
function repliesIn(
  { contents }: WholeRecord,
  threads: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const said = new Map<string, number>();
  for (const { thread_id: id, by, body, in_reply_to_id: to } of contents) {
    if (!threads.has(id) || !by.startsWith('bot:')) continue;
    const key = keyOf(to ?? '', body);
    said.set(key, (said.get(key) ?? 0) + 1);
  }
  return said;
}

type Known = {
  readonly record: WholeRecord;
  readonly said: ReadonlyMap<string, number>;
  readonly load: LoadGenerator;
};

/** With a human: so says its phase, so say its categories, and the customer was told. Or none of them. */
function isHalfOpen(id: string, card: ThreadCard, { record, said, load }: Known): boolean {
  const asked: Turn | undefined = load.turns.find(
    ({ thread, wants }) => thread === id && wants === replies.human,
  );
  const [now] = record.categories.filter(({ thread_id: of }) => of === id).slice(-1);
  const isWith = (category: string) => now?.ids.length === 1 && now.ids[0] === category;
  if (!asked) return card.phase !== 'bot' || !isWith(categories.bot);
  const isTold = said.has(keyOf(asked.content, replies.human));
  return card.phase !== 'handover' || !isWith(categories.agent) || !isTold;
}
