/**
 * Traces of the processes as they run in production: switched on by the environment alone, one turn in
 * one trace over both, and what was seen last is sent when they are asked to end. Nothing of
 * OpenTelemetry is loaded but by the one file that is loaded where traces are wanted.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Conversation } from '../harness/conversation.js';
import { eventually } from '../harness/eventually.js';
import { startOtlpReceiver } from '../harness/otlp-receiver.js';
import { startRealStack, type RealStack } from '../harness/real-stack.js';
import { importsOf, read, sourceFiles } from '../harness/source-files.js';

let stack: RealStack;
let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>;
beforeAll(async () => {
  receiver = await startOtlpReceiver();
  stack = await startRealStack({
    env: {
      BATON_LOG_LEVEL: 'warn',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test',
      // Only the end sends: nothing else does in time.
      OTEL_BSP_SCHEDULE_DELAY: '600000',
    },
  });
});
afterAll(async () => {
  await stack.stop();
  await receiver.close();
});

it('one turn is one trace over both processes, sent when they end', async () => {
  await stack.untilReady();
  const { temporal, platform } = stack;
  const ana = new Conversation({ temporal, control: platform.control });
  await ana.says('hello');
  await eventually(() => ana.botSaid()).toEqual(['Welcome!']);
  await ana.untilQuiet();
  expect(receiver.spans()).toEqual([]);

  expect(await stack.end(), stack.logged()).toEqual([0, 0]);
  const posted = receiver.spans().find(({ name }) => name === 'post reply');
  const trace = receiver.spans().filter(({ traceId }) => traceId === posted?.traceId);
  const spans = trace.map(({ service, name }) => `${service} ${name}`);
  expect(spans).toEqual(expect.arrayContaining(['baton-api webhook', 'baton-worker ask bot']));
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
