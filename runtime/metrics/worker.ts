/**
 * Metrics of a worker process, besides those that threads record through Temporal's meter: requests to the
 * platform, the budget, and the bots' health as seen by this process. Bots are labelled by their names in
 * `baton.config.ts`.
 */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { BotStatus, Breaker } from '../../bots/health.js';
import { createRecent } from './recent.js';

export type WorkerMetrics = {
  /** A request to the platform ended. `outcome`: its status class, or that there was no answer. */
  readonly asked: (outcome: string) => void;
  /** In Prometheus's text format, with the current values of gauges. */
  readonly text: (now: {
    readonly isRunning: boolean;
    readonly bots: Readonly<Record<string, BotStatus>>;
    /** Failed attempts at workflow tasks since the start of the process, by cause; what is absent stays. */
    readonly taskFailures: ReadonlyMap<string, number>;
  }) => Promise<string>;
};

export type WorkerMetricsOptions = {
  /** Limit of requests to the platform per minute. */
  readonly allowed: number;
  /** All outcomes of a request, exported from 0. */
  readonly outcomes?: readonly string[];
  /** All causes of failed workflow tasks, exported from 0. */
  readonly failureCauses?: readonly string[];
  readonly now?: () => number;
};

export function createWorkerMetrics({
  allowed,
  outcomes = [],
  failureCauses = [],
  now = Date.now,
}: WorkerMetricsOptions): WorkerMetrics {
  const registry = new Registry();
  const recent = createRecent(now);
  const requests = createCounter(registry, {
    name: 'baton_engage_requests_total',
    help: 'Requests to the platform, by the class of their status',
    ...{ label: 'outcome', values: outcomes },
  });
  const setTaskFailures = createTaskFailures(registry, failureCauses);
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const used = gauge('baton_engage_budget_used', 'Requests of this process in the last minute');
  gauge('baton_engage_budget_allowed', 'Requests a minute the platform allows the account').set(
    allowed,
  );
  const running = gauge('baton_worker_running', '1 while this process polls its task queues');
  const setBotMetrics = createBotMetrics(registry);
  collectDefaultMetrics({ register: registry });
  return {
    asked: (outcome) => {
      recent.add();
      requests.inc({ outcome });
    },
    text: ({ isRunning, bots, taskFailures }) => {
      setTaskFailures(taskFailures);
      used.set(recent.count());
      running.set(isRunning ? 1 : 0);
      setBotMetrics(bots);
      return registry.metrics();
    },
  };
}

/** A counter with one label, whose values are exported from 0. */
function createCounter(
  registry: Registry,
  of: Record<'name' | 'help' | 'label', string> & { readonly values: readonly string[] },
): Counter {
  const { name, help, label, values } = of;
  const counter = new Counter({ name, help, labelNames: [label], registers: [registry] });
  for (const value of values) counter.inc({ [label]: value }, 0);
  return counter;
}

/** @returns a function that raises the counter to the totals that the SDK has counted, by cause */
function createTaskFailures(registry: Registry, causes: readonly string[]) {
  const failures = createCounter(registry, {
    name: 'baton_workflow_task_failures_total',
    help: 'Failed attempts at workflow tasks, by cause; meanwhile the thread is stuck',
    ...{ label: 'cause', values: causes },
  });
  const counted = new Map<string, number>();
  return (totals: ReadonlyMap<string, number>): void => {
    for (const [cause, total] of totals) {
      const more = total - (counted.get(cause) ?? 0);
      if (more <= 0) continue;
      failures.inc({ cause }, more);
      counted.set(cause, total);
    }
  };
}

const breakers: readonly Breaker[] = ['closed', 'open', 'halfOpen'];

function createBotMetrics(registry: Registry) {
  const registers = [registry];
  const breaker = new Gauge({
    name: 'baton_bot_breaker',
    help: '1 for the state a bot’s breaker is in; open: the bot is out of order and not called',
    labelNames: ['bot', 'state'],
    registers,
  });
  const answers = new Counter({
    name: 'baton_bot_answers_total',
    help: 'Answers of a bot',
    labelNames: ['bot'],
    registers,
  });
  const errors = new Counter({
    name: 'baton_bot_errors_total',
    help: 'Calls of a bot that failed',
    labelNames: ['bot'],
    registers,
  });
  const seconds = new Gauge({
    name: 'baton_bot_seconds',
    help: 'Response time of a bot, over its last answers',
    labelNames: ['bot', 'quantile'],
    registers,
  });
  return (bots: Readonly<Record<string, BotStatus>>): void => {
    answers.reset();
    errors.reset();
    for (const [bot, status] of Object.entries(bots)) {
      for (const state of breakers) breaker.set({ bot, state }, status.state === state ? 1 : 0);
      answers.inc({ bot }, status.answers);
      errors.inc({ bot }, status.errors);
      if (status.p50 !== undefined) seconds.set({ bot, quantile: '0.5' }, status.p50 / 1_000);
      if (status.p95 !== undefined) seconds.set({ bot, quantile: '0.95' }, status.p95 / 1_000);
    }
  };
}
