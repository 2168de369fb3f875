/** What happened on a thread, as lines in order of time: for whoever reads a violation. */
import type { ThreadEvidence } from './evidence.js';

/** Newest lines that are kept. */
const most = 60;

export function threadRecord({
  contents,
  phases,
  card,
  received,
}: ThreadEvidence): readonly string[] {
  const lines: readonly (readonly [at: number, line: string])[] = [
    ...contents.map(
      ({ created_at: at, id, by, body, in_reply_to_id: to }) =>
        [
          Date.parse(at),
          `${by} says ${id} to ${to ?? 'nobody'}: ${(body ?? '').slice(0, 60)}`,
        ] as const,
    ),
    ...phases.map(({ since, phase, reason }) => [since, `phase ${phase}: ${reason}`] as const),
    ...received.map(({ event: { type, id, issuedAt }, at }) => {
      const late = at - issuedAt > 5_000 ? `, issued at ${time(issuedAt)}` : '';
      return [at, `receives ${type} ${id}${late}`] as const;
    }),
    ...(card?.decisions ?? []).map(({ at, ...decision }) => {
      return [Date.parse(at), `decides ${JSON.stringify(decision)}`] as const;
    }),
  ];
  return lines
    .toSorted(([one], [other]) => one - other)
    .map(([at, line]) => `${time(at)} ${line}`)
    .slice(-most);
}

function time(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString().slice(5, 23) : 'never';
}
