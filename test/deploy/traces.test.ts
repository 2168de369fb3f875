/**
 * Traces of the processes as they run in production: switched on by the environment alone, one turn in
 * one trace over both, and what was seen last is sent when they are asked to end. Nothing of
 * OpenTelemetry is loaded but by the one file that is loaded where traces are wanted.
 */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { connectControl } from '../../simulator/control-client.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import { inBackground, type Background } from '../harness/background.js';
import { roleCommand } from '../harness/compiled.js';
import { Conversation } from '../harness/conversation.js';
import { startOtlpReceiver } from '../harness/otlp-receiver.js';
import { freePort } from '../../local/free-ports.js';
import { importsOf, read, root, sourceFiles } from '../harness/source-files.js';
import { startTemporal } from '../harness/temporal.js';
import { webhookAt } from '../harness/platform.js';
import { secrets } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

let temporal: TestWorkflowEnvironment;
let simulator: Simulator;
let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>;
let port: number;
const processes: Background[] = [];
beforeAll(async () => {
  temporal = await startTemporal();
  port = await freePort();
  receiver = await startOtlpReceiver();
  simulator = await startSimulator({
    port: 0,
    accessToken: secrets.ENGAGE_TOKEN,
    webhook: webhookAt(`http://127.0.0.1:${port}/webhooks/engage`),
    timeScale: 100,
  });
});
afterAll(async () => {
  for (const one of processes) await one.kill();
  await simulator.stop();
  await receiver.close();
  await temporal.teardown();
});

function start(role: string, own: Readonly<Record<string, string>>): Background {
  const { args, env } = roleCommand(`${role}/main.ts`, {
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace ?? 'default',
    ENGAGE_URL: simulator.url,
    BATON_CONFIG: 'test/harness/config-for-processes.ts',
    BATON_WORKFLOW_BUNDLE: inject('workflowBundle'),
    BATON_LOG_LEVEL: 'warn',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test',
    // Only the end sends: nothing else does in time.
    OTEL_BSP_SCHEDULE_DELAY: '600000',
    ...own,
  });
  const started = inBackground({ command: [process.execPath, ...args], cwd: root, env });
  processes.push(started);
  return started;
}

it('one turn is one trace over both processes, sent when they end', async () => {
  const { BATON_WEBHOOK_SECRET, BATON_WEBHOOK_VERIFY_TOKEN, ENGAGE_TOKEN } = secrets;
  const api = start('api', {
    BATON_WEBHOOK_SECRET,
    BATON_WEBHOOK_VERIFY_TOKEN,
    BATON_API_PORT: `${port}`,
  });
  const worker = start('worker', { ENGAGE_TOKEN });
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await eventually(isReady).toBe(true);
  const ana = new Conversation({ temporal, control: connectControl(simulator.url) });
  await ana.says('hello');
  await eventually(() => ana.botSaid()).toEqual(['Welcome!']);
  await ana.untilQuiet();
  expect(receiver.spans()).toEqual([]);

  expect(await Promise.all([api.end(), worker.end()]), api.said() + worker.said()).toEqual([0, 0]);
  const posted = receiver.spans().find(({ name }) => name === 'post reply');
  const trace = receiver.spans().filter(({ traceId }) => traceId === posted?.traceId);
  const told = trace.map(({ service, name }) => `${service} ${name}`);
  expect(told).toEqual(expect.arrayContaining(['baton-api webhook', 'baton-worker ask bot']));
  expect(receiver.said()).toContain('deployment.environment');
});

it('OpenTelemetry is imported in one place, which is loaded only where traces are wanted', () => {
  const product = sourceFiles().filter((path) => path.includes('/') && !path.startsWith('test/'));
  const users = product.filter((path) =>
    importsOf(path).some(
      ({ what, isTypeOnly }) => what.startsWith('@opentelemetry/') && !isTypeOnly,
    ),
  );
  expect(users).toEqual(['runtime/tracing/opentelemetry.ts', 'runtime/tracing/resource.ts']);
  const loaders = product
    .filter((path) => !users.includes(path))
    .filter((path) =>
      importsOf(path).some(({ what, isTypeOnly }) => users.includes(what) && !isTypeOnly),
    );
  expect(loaders).toEqual(['runtime/tracing/start.ts']);
  expect(read('runtime/tracing/start.ts')).not.toMatch(/^import (?!type)/m);
});
