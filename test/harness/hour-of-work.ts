/** What workers of a busy house would have told in an hour, one look every ten seconds. */
import type { Overview, Totals } from '../../api/operator/answers.js';

const looks = 361;
const every = 10_000;

function totalsAfter(i: number): Totals {
  const wave = Math.round(2 * Math.sin(i / 18));
  return {
    ...{ turns: i * 3, replies: i * 3, crossedReplies: 0 },
    ...{ ended: i * 4, contained: i * 3 + wave - Math.round(2 * Math.sin(360 / 18)) * (i / 360) },
    duplicates: Math.floor(i / 7) + Math.floor(i / 50) * 3,
    handovers: {
      ...{ customerAsked: i, botGaveUp: Math.floor(i / 3) },
      ...{ botFailed: Math.floor(i / 20), operatorAsked: Math.floor(i / 90) },
    },
    phaseSeconds: {
      bot: { count: i, sum: i * 95 },
      handover: { count: i, sum: i * 48 },
      agent: { count: i, sum: i * 410 },
    },
    waited: { count: i, sum: i * 44 },
    budget: { used: 220 + Math.round(90 * Math.sin(i / 25)), allowed: 500 },
  };
}

export function hourOfWork(): Pick<Overview, 'now' | 'series' | 'threads'> {
  const end = Date.now();
  const series = Array.from({ length: looks }, (_, i) => ({
    at: new Date(end - (looks - 1 - i) * every).toISOString(),
    threads: {
      ...{ bot: 40 + (i % 9), agent: 12, attention: 2 },
      handover: 6 + Math.round(5 * Math.sin(i / 22)),
    },
    totals: totalsAfter(i),
  }));
  const [last] = series.slice(-1);
  return { now: last?.totals ?? null, threads: last!.threads, series };
}
