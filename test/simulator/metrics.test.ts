/** The simulator says at `/metrics` what it was asked, and nothing of what was said. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectControl } from '../../simulator/control-client.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, accessToken: 'token-of-the-bot' });
});
afterAll(() => simulator.stop());

it('counts requests by endpoint and class of status', async () => {
  await connectControl(simulator.url).customer({ source: 'chat', identity: 'ana', body: 'canary' });
  await fetch(`${simulator.url}/1.0/sources`);
  const text = await (await fetch(`${simulator.url}/metrics`)).text();
  expect(text).toContain('baton_simulator_requests_total{endpoint="control",status="2xx"} 1');
  expect(text).toContain('baton_simulator_requests_total{endpoint="api",status="4xx"} 1');
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).not.toContain('canary');
});
