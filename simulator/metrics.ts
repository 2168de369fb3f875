/** Metrics of the simulator: calls by endpoint and status. */
import { collectDefaultMetrics, Counter, Registry } from 'prom-client';

export type SimulatorMetrics = {
  /** A call of the platform's API, or of a simulator control. */
  readonly asked: (endpoint: 'api' | 'control', status: number) => void;
  /** In Prometheus's text format. */
  readonly text: () => Promise<string>;
};

export function createSimulatorMetrics(): SimulatorMetrics {
  const registry = new Registry();
  const requests = new Counter({
    name: 'baton_simulator_requests_total',
    help: 'Requests by endpoint and class of status',
    labelNames: ['endpoint', 'status'],
    registers: [registry],
  });
  collectDefaultMetrics({ register: registry });
  return {
    asked: (endpoint, status) =>
      requests.inc({ endpoint, status: `${Math.floor(status / 100)}xx` }),
    text: () => registry.metrics(),
  };
}
