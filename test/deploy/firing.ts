/**
 * The repository's alerts over scrapes, evaluated as by Prometheus, for rules of one shape: the increase of a
 * counter within a range, summed by labels, above a limit. Pure. Prometheus also extrapolates an increase to the
 * ends of the range, which makes it a little larger.
 */
import type { Sample } from '../../runtime/metrics/text.js';
import { parseDuration } from '../../settings/duration.js';
import { alerts, type Alert } from './expressions.js';

export type Rule = Pick<Alert, 'expr' | 'for'>;

export type Scrape = {
  /** Milliseconds. */
  readonly at: number;
  readonly samples: readonly Sample[];
};

const shape =
  /^sum(?: by \(([^)]+)\) )?\(increase\((\w+)(?:\{(\w+)="(\w+)"\})?\[(\w+)\]\)\) > (\d+)$/;

/** @throws when no alert has this name */
export function ruleOf(name: string): Rule {
  const rule = alerts.find(({ alert }) => alert === name);
  if (!rule) throw new Error(`no alert ${name}`);
  return rule;
}

/**
 * For each scrape, the groups for which the alert fires then, as `label=value`, or an empty string without labels.
 *
 * @throws when the rule has another shape
 */
export function firing(rule: Rule, scrapes: readonly Scrape[]): readonly (readonly string[])[] {
  const holdsFor = parseDuration(rule.for ?? '0s') ?? 0;
  const increasesAt = increasesOf(rule);
  let pending = new Map<string, number>();
  return scrapes.map(({ at }) => {
    const groups = increasesAt(scrapes, at);
    pending = new Map(groups.map((group) => [group, pending.get(group) ?? at]));
    return [...pending].flatMap(([group, since]) => (at - since >= holdsFor ? [group] : []));
  });
}

/** Reads a rule: the groups above its limit at a time. */
function increasesOf({ expr }: Rule) {
  const [, by = '', metric, label = '', value, range = '', limit] = shape.exec(expr) ?? [];
  const length = parseDuration(range);
  if (metric === undefined || length === undefined) {
    throw new Error(`not the increase of a counter: ${expr}`);
  }
  const isMeant = ({ name, labels }: Sample) =>
    name === metric && (label === '' || labels[label] === value);
  return (scrapes: readonly Scrape[], at: number): string[] => {
    const within = scrapes.filter((one) => one.at > at - length && one.at <= at);
    const sums = new Map<string, number>();
    for (const { labels, increase } of seriesIn(within, isMeant)) {
      const names = by === '' ? [] : by.split(', ');
      const group = names.map((name) => `${name}=${labels[name] ?? ''}`).join(' ');
      sums.set(group, (sums.get(group) ?? 0) + increase);
    }
    return [...sums].flatMap(([group, sum]) => (sum > Number(limit) ? [group] : []));
  };
}

type Series = { readonly labels: Sample['labels']; last: number; increase: number };

/** A series that begins within the range has not risen by its first value; a value that falls is a restart. */
function seriesIn(
  scrapes: readonly Scrape[],
  isMeant: (sample: Sample) => boolean,
): Iterable<Series> {
  const series = new Map<string, Series>();
  for (const { labels, value } of scrapes.flatMap(({ samples }) => samples.filter(isMeant))) {
    const key = JSON.stringify(Object.entries(labels).sort());
    const known = series.get(key);
    if (known) {
      known.increase += value < known.last ? value : value - known.last;
      known.last = value;
    } else {
      series.set(key, { labels, last: value, increase: 0 });
    }
  }
  return series.values();
}
