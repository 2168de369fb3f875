/**
 * What came of a plan, as lines without times and ids: of two worlds whose clocks and latencies differ a little,
 * they are equal. What was said by whom to what, the categories, and of each running thread its phase, attention
 * and decisions.
 */
import type { Content, State, Thread } from '../../../simulator/state.js';
import type { ThreadCard } from '../../../workflows/contract/index.js';
import type { Cards } from '../world/outcome.js';

export function timelessOutcome(state: State, cards: Cards): readonly string[] {
  const threads = Object.values(state.threads);
  const ofThread = ({ id }: Thread) =>
    Object.values(state.contents).filter(({ thread_id: of }) => of === id);
  return threads.flatMap((thread) => [
    describeThread(state, thread),
    ...describeCard(cards.get(thread.id)).map((line) => `  ${line}`),
    ...describeContents(ofThread(thread)).map((line) => `  ${line}`),
  ]);
}

function describeThread(state: State, thread: Thread): string {
  const customer = state.identities[thread.identity_id]?.foreign_id;
  const inHand = Object.values(state.interventions)
    .filter(({ thread_id: of, closed }) => of === thread.id && !closed)
    .map(({ user_id: user }) => state.users[user]?.name);
  const own = thread.thread_category_ids.map((id) => state.categories[id]?.name ?? id);
  const before = thread.category_history.map(({ ids }) =>
    ids.map((id) => state.categories[id]?.name ?? id).join('+'),
  );
  return [
    `${customer} ${thread.closed ? 'closed' : 'open'} in ${own.toSorted().join('+')}`,
    `before ${before.join(', ')}`,
    `in hand of ${inHand.join(', ')}`,
  ].join('; ');
}

function describeCard(card: ThreadCard | undefined): readonly string[] {
  if (!card) return ['no workflow'];
  const { phase, reason, why, next, epoch, episode, assignedCategory: assigned } = card;
  const counts = Object.entries(card.counts).filter(([, count]) => count !== 0);
  return [
    `${phase} ${reason ?? ''} (${why}), next ${next?.who ?? 'nobody'}, assigned ${assigned ?? ''}`,
    `epoch ${epoch}, episode ${episode}, attention ${card.attention.map(({ code }) => code).join(' ')}`,
    counts.map(([name, count]) => `${name} ${count}`).join(', '),
    ...card.decisions.map((decision) => `decided ${withoutTimes(decision)}`),
  ];
}

/** Keys of replies are made of ids, and some purposes of times. */
function withoutTimes(decision: object): string {
  const written = JSON.stringify(decision, (name, value: unknown) =>
    name === 'key' || name === 'at' ? undefined : value,
  );
  return written.replaceAll(/\d{13}/g, 'TIME');
}

function describeContents(contents: readonly Content[]): readonly string[] {
  const numbers = new Map(contents.map(({ id }, index) => [id, index]));
  return contents.map(({ by, body, status, private: isPrivate, in_reply_to_id: to }, index) => {
    const answered = to === null ? 'nobody' : `#${numbers.get(to) ?? 'another thread'}`;
    const text = (body ?? '').slice(0, 80);
    return `#${index} ${by} to ${answered}, ${status}${isPrivate ? ', private' : ''}: ${text}`;
  });
}
