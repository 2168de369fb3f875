/**
 * Metrics of the ingress. Label values come from fixed lists: never ids, customers' text, or names chosen
 * outside.
 */
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export type IngressMetrics = {
  /** A delivery was answered. `outcome`: the kind of answer, in a word. */
  readonly acknowledged: (outcome: string, seconds: number) => void;
  /** Types of the events of an accepted delivery. */
  readonly countEvents: (types: readonly string[]) => void;
  /** An operator call was answered. `route`: its pattern, never its path. */
  readonly operatorCalled: (route: string, status: number) => void;
  /** In Prometheus's text format. */
  readonly text: () => Promise<string>;
};

/** Seconds: from a millisecond to the three seconds after which a delivery is refused, and beyond. */
const buckets = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2, 3, 5,
];

/** Label for events that concern no thread; the platform may add types at any time. */
const otherEvents = 'other';

export type IngressMetricsOptions = {
  /** All outcomes of a delivery, exported from 0. */
  readonly outcomes: readonly string[];
  /** Event types with a label of their own. */
  readonly eventTypes: readonly string[];
};

export function createIngressMetrics({
  outcomes,
  eventTypes,
}: IngressMetricsOptions): IngressMetrics {
  const registry = new Registry();
  const known = new Set(eventTypes);
  const { ack, deliveries, events, calls } = createInstruments(registry);
  for (const outcome of outcomes) deliveries.inc({ outcome }, 0);
  collectDefaultMetrics({ register: registry });
  return {
    acknowledged: (outcome, seconds) => {
      ack.observe({ outcome }, seconds);
      deliveries.inc({ outcome });
    },
    countEvents: (types) => {
      for (const type of types) events.inc({ type: known.has(type) ? type : otherEvents });
    },
    operatorCalled: (route, status) => calls.inc({ route, status }),
    text: () => registry.metrics(),
  };
}

function createInstruments(registry: Registry) {
  const registers = [registry];
  return {
    ack: new Histogram({
      name: 'baton_ack_seconds',
      help: 'Time from a delivery’s arrival to its answer, by outcome',
      labelNames: ['outcome'],
      ...{ buckets, registers },
    }),
    deliveries: new Counter({
      name: 'baton_deliveries_total',
      help: 'Deliveries of the platform, by response',
      labelNames: ['outcome'],
      registers,
    }),
    events: new Counter({
      name: 'baton_events_total',
      help: 'Events of accepted deliveries, by type; other: those that concern no thread',
      labelNames: ['type'],
      registers,
    }),
    calls: new Counter({
      name: 'baton_operator_calls_total',
      help: 'Calls of the operator API, by route and status',
      labelNames: ['route', 'status'],
      registers,
    }),
  };
}
