/**
 * What came of a world, as lines of text: what was said, in whose hands each thread is, what it raises. Equal
 * for equal runs; two versions of Baton, or the model and a real Temporal server, are compared by it.
 */
import { createHash } from 'node:crypto';
import type { Content, State } from '../../../simulator/state.js';
import type { ThreadCard } from '../../../workflows/contract/index.js';

/** Cards by thread id; a thread without a running workflow has none. */
export type Cards = ReadonlyMap<string, ThreadCard>;

export function outcomeOf(state: State, cards: Cards): readonly string[] {
  const byThread = new Map<string, Content[]>();
  for (const content of Object.values(state.contents)) {
    byThread.set(content.thread_id, [...(byThread.get(content.thread_id) ?? []), content]);
  }
  return Object.values(state.threads).flatMap(({ id, thread_category_ids: ids, closed }) => [
    `thread ${id} ${closed ? 'closed' : 'open'} in ${ids.join(' ')}`,
    ...describeCard(cards.get(id)).map((line) => `  ${line}`),
    ...(byThread.get(id) ?? []).map((content) => `  ${describeContent(content)}`),
  ]);
}

function describeCard(card: ThreadCard | undefined): readonly string[] {
  if (!card) return ['no workflow'];
  const { phase, reason, epoch, attention, counts } = card;
  const counted = Object.entries(counts).filter(([, count]) => count !== 0);
  return [
    `${phase} ${reason ?? ''} epoch ${epoch} attention ${attention.map(({ code }) => code).join(' ')}`,
    counted.map(([name, count]) => `${name} ${String(count)}`).join(', '),
  ];
}

function describeContent({ by, body, created_at, in_reply_to_id: to }: Content): string {
  return `${created_at} ${by} to ${to ?? 'nobody'}: ${(body ?? '').slice(0, 80)}`;
}

/** Short text that is equal for equal outcomes. */
export function digest(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}
