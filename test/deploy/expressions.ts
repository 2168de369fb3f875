/** The dashboard and the alerts as they are in the repository, and the metrics their expressions ask for. */
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { read } from '../harness/source-files.js';

export type Alert = {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold before it fires, as in `2m`. */
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
};

type Panel = {
  readonly type: string;
  readonly title: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly targets?: readonly { readonly expr: string }[];
};

type Alerts = { readonly groups: readonly { readonly rules: readonly Alert[] }[] };
type Dashboard = { readonly panels: readonly Panel[] };

export const alerts = (parse(read('deploy/prometheus/alerts.yml')) as Alerts).groups.flatMap(
  ({ rules }) => rules,
);
export const { panels } = JSON.parse(read('deploy/grafana/baton.json')) as Dashboard;

/** All expressions, with Grafana's own words in place as it puts them. */
export const expressions: readonly (readonly [where: string, expr: string])[] = [
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => [title, inGrafana(expr)] as const),
  ),
];

function inGrafana(expr: string): string {
  return expr.replaceAll('$__rate_interval', '5m').replaceAll('$source', '.*');
}

/** Where Prometheus's own grammar finds no sense in it. */
export function findFlaws(expr: string): readonly string[] {
  const flaws: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) flaws.push(`at ${from}: ${expr.slice(from, to)}`);
    },
  });
  return flaws;
}

/** The metrics it asks for. */
export function metricsIn(expr: string): readonly string[] {
  const names: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.name === 'Identifier' && node.parent?.type.name === 'VectorSelector') {
        names.push(expr.slice(from, to));
      }
    },
  });
  return names;
}
